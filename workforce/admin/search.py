"""Find something in all role records, from the top of every page of HR's site.

What was typed may be somebody's name, so it never stands in an address: it is sent by POST, and the page of what was
found has it sealed, so that going back, paging and looking again work, and no log or history tells of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.admin_site.lists import LONGEST_SEARCH, LOOKED_FOR
from core.secrets import Unreadable, seal, unseal
from workforce import searching
from workforce.admin.base import Link, site
from workforce.admin.pages import hr_page, show
from workforce.permissions import READ_ROLE_RECORDS

SHORTEST, MOST_WORDS = 2, 8
#: So many of each kind are on the first page of what was found, and so many on a page of one kind.
FEW, MANY = 10, 50


class SearchForm(forms.Form):
    words = forms.CharField(
        label="What are you looking for?",
        help_text="A post, team, borough, name or number. Every word must be there",
        min_length=SHORTEST,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter what you are looking for",
            "min_length": f"Enter {SHORTEST} letters or numbers, or more",
            "max_length": f"Enter {LONGEST_SEARCH} letters or fewer",
        },
    )

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        if len(words.split()) > MOST_WORDS:
            raise forms.ValidationError(f"Enter {MOST_WORDS} words or fewer")
        return words


@dataclass(frozen=True)
class Found:
    """What was found of one kind: `page` of it, and where the rest is."""

    group: searching.Group
    page: Page
    links: list[Link]
    all_url: str

    @property
    def rest(self) -> str:
        """The query of the pages of this kind; "" when all of it stands here already."""
        return self.all_url if self.page.paginator.num_pages > 1 else ""


@hr_page(site, "search/", "search", permission=READ_ROLE_RECORDS)
def search(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            return HttpResponseRedirect(
                f"{request.path}?{urlencode({'s': seal(form.cleaned_data['words'], purpose=LOOKED_FOR)})}"
            )
        return _page(request, form=form)
    sealed = request.GET.get("s", "")
    try:
        words = unseal(sealed, purpose=LOOKED_FOR) if sealed else ""
    except Unreadable:
        return _page(request, form=SearchForm(), is_gone=True)
    if not words:
        return _page(request, form=SearchForm())
    groups = [group for group in searching.GROUPS if site.get_model_admin(group.model).has_view_permission(request)]
    only = [group for group in groups if group.key == request.GET.get("in")]
    size, number = (MANY, request.GET.get("p")) if only else (FEW, 1)
    found = [
        _found(group, words, Paginator(group.find(words.split()), size).get_page(number), sealed)
        for group in only or groups
    ]
    return _page(
        request,
        form=SearchForm(initial={"words": words}),
        words=words,
        groups=groups,
        found=[each for each in found if each.links],
        only=found[0] if only else None,
        back=f"?{urlencode({'s': sealed})}",
    )


def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    return show(request, site, "workforce/search.html", "Find in role records", more)


def _found(group: searching.Group, words: str, page: Page, sealed: str) -> Found:
    kind: Any = site.get_model_admin(group.model)
    say = {"posts": _post_said, "people": _person_said, "vacancies": _vacancy_said}[group.key]
    links = [Link(kind.heading_of(row), kind.address("change", row.pk), say(row)) for row in page]
    return Found(group, page, links, f"?{urlencode({'s': sealed, 'in': group.key})}")


def _post_said(row: Any) -> str:
    kind: Any = site.get_model_admin(type(row))
    return ", ".join(part for part in (row.team, row.borough, kind.state(row).lower()) if part)


def _person_said(row: Any) -> str:
    held = [f"{each.position.title}, {each.position.team}" for each in row.held_today]
    return f"employee number {row.employee_number}. {'; '.join(held) or 'Not in post now'}"


def _vacancy_said(row: Any) -> str:
    reference = f"reference {row.reference}, " if row.reference else ""
    return f"{row.position.number}, {reference}{row.get_state_display().lower()}"
