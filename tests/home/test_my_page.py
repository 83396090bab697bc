"""My page: what is mine, and nothing that is for those who look after a group."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from network.models import Partnership


def said(client):
    return BeautifulSoup(client.get(reverse("me")).content, "html.parser").find("main").get_text(" ", strip=True)


def test_a_peer_is_not_told_that_they_look_after_anything(cast, as_person):
    words = said(as_person(cast.ishani))
    assert "Samuel Thistlemoor" in words
    assert "What you look after" not in words


def test_a_peer_without_a_sponsor_is_told_what_they_can_do(cast, as_person):
    client = as_person(cast.ishani)
    assert "You have no staff sponsor now." not in said(client)
    Partnership.objects.all().delete()
    assert "You have no staff sponsor now." in said(client)


def test_staff_are_not_told_that_they_have_none(cast, as_person):
    assert "You have no staff sponsor now." not in said(as_person(cast.samuel))


@pytest.mark.parametrize("who", ["ishani", "tunde", "samuel", "nadia", "grace", "owen"])
def test_my_page_and_a_group_cost_little(cast, as_person, django_assert_max_num_queries, who):
    client = as_person(cast.people[who])
    for path in (reverse("me"), reverse("taskgroups:group", args=[cast.group.pk])):
        client.get(path)
        with django_assert_max_num_queries(12):
            client.get(path)
