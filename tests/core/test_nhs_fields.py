"""The crispy template pack: every kind of field, in each state, as sound HTML."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template
from django.utils.safestring import SafeString

from core.forms import OnceForm
from core.nhs import component
from home.gallery import GalleryForm

TEMPLATE = Template(
    "{% load nhs crispy_forms_tags %}{% error_summary form %}"
    "<form>{{ form|crispy }}{% nhs 'button' text='Send' %}</form>"
)


def drawn(form):
    return BeautifulSoup(TEMPLATE.render(Context({"form": form})), "html.parser")


WRONG = {"email": "not an address", "day_day": "31", "time": "25pm", "long": "x" * 201}


@pytest.mark.parametrize("form", [GalleryForm(), GalleryForm({}), GalleryForm(WRONG)], ids=["plain", "empty", "wrong"])
class TestSoundness:
    def test_no_id_twice(self, form):
        ids = Counter(tag["id"] for tag in drawn(form).find_all(id=True))
        assert [name for name, times in ids.items() if times > 1] == []

    def test_every_reference_leads_somewhere(self, form):
        page = drawn(form)
        ids = {tag["id"] for tag in page.find_all(id=True)}
        referred = {tag["for"] for tag in page.find_all("label")}
        for tag in page.find_all(attrs={"aria-describedby": True}):
            referred |= set(tag["aria-describedby"].split())
        referred |= {tag["data-aria-controls"] for tag in page.find_all(attrs={"data-aria-controls": True})}
        referred |= {link["href"].removeprefix("#") for link in page.find_all("a")}
        assert referred - ids == set()

    def test_every_input_has_a_label_of_its_own(self, form):
        page = drawn(form)
        inputs = [tag["id"] for tag in page.find_all(["input", "select", "textarea"]) if tag.get("type") != "hidden"]
        assert Counter(inputs) == Counter(label["for"] for label in page.find_all("label"))

    def test_no_value_where_a_boolean_attribute_should_be(self, form):
        for tag in drawn(form).find_all(True):
            values = {tag.get(name) for name in ("checked", "disabled", "hidden", "multiple", "selected")}
            assert values <= {None, ""}

    def test_required_is_left_to_our_own_words(self, form):
        assert drawn(form).find_all(attrs={"required": True}) == []


def test_each_error_stands_beside_its_field_and_in_the_summary_in_the_same_words():
    page = drawn(GalleryForm(WRONG))
    beside = [span.get_text().replace("Error:", "").strip() for span in page.select(".nhsuk-error-message")]
    summary = [item.get_text().strip() for item in page.select(".nhsuk-error-summary__list li")]
    assert summary == beside
    assert summary == [
        "Enter name of the group",
        "Enter an email address in the correct format, like name@example.com",
        "Enter password",
        "Enter how many seats",
        "What you think must be 200 characters or fewer. You have written 201.",
        "Choose an answer",
        "Choose who should read it",
        "Choose group",
        "Tick the box to say: I have read the summary",
        "The date must include a month and year",
        "Enter a time like 9:30am or 2pm",
        "Choose a file",
    ]


def test_a_summary_leads_to_the_first_choice_and_to_the_first_wrong_box():
    links = [link["href"] for link in drawn(GalleryForm(WRONG)).select(".nhsuk-error-summary__list a")]
    page = drawn(GalleryForm(WRONG))
    assert links[5:7] == ["#id_one", "#id_many"]
    assert links[9] == "#id_day-month"
    assert page.find(id="id_one")["type"] == "radio"
    assert page.find(id="id_many")["type"] == "checkbox"


def test_no_summary_when_nothing_is_wrong():
    assert drawn(GalleryForm()).select(".nhsuk-error-summary") == []


def test_what_was_typed_stands_in_every_kind_of_field():
    typed = {
        "short": "A <b>", "long": "one\n\ntwo", "one": "partly", "why": "more", "many": ["yes", "no"], "picked": "no",
        "agreed": "on", "day_day": "6", "day_month": "8", "day_year": "x", "time": "5pm", "number": "many",
    }  # fmt: skip
    page = drawn(GalleryForm(typed))
    assert page.find(id="id_short")["value"] == "A <b>"
    assert page.find(id="id_long").get_text() == "one\n\ntwo"
    assert [tag["value"] for tag in page.select("input[name=one][checked]")] == ["partly"]
    assert [tag["value"] for tag in page.select("input[name=many][checked]")] == ["yes", "no"]
    assert [tag["value"] for tag in page.select("select option[selected]")] == ["no"]
    assert page.find(id="id_agreed").has_attr("checked")
    assert [page.find(id=f"id_day-{part}")["value"] for part in ("day", "month", "year")] == ["6", "8", "x"]
    assert page.find(id="id_number")["value"] == "many"
    assert page.find(id="id_why")["value"] == "more"


def test_a_password_and_a_file_are_never_given_back():
    page = drawn(GalleryForm({"secret": "opensesame"}))
    assert "opensesame" not in str(page)


def test_a_field_under_a_choice_stands_there_and_nowhere_else():
    page = drawn(GalleryForm())
    inside = page.select_one(".nhsuk-radios__conditional")
    assert [tag["name"] for tag in inside.find_all("input")] == ["why"]
    assert len(page.find_all(attrs={"name": "why"})) == 1
    assert page.find(id="id_one-2")["data-aria-controls"] == inside["id"]


def test_a_field_that_may_stay_empty_says_so_unless_it_stands_under_a_choice():
    page = drawn(GalleryForm())
    assert page.find("label", attrs={"for": "id_longer"}).get_text().strip() == "Anything else (optional)"
    assert page.find("label", attrs={"for": "id_why"}).get_text().strip() == "What was missing"


def test_hidden_fields_have_no_id_so_that_a_page_may_hold_several_forms():
    page = drawn(OnceForm())
    assert [(tag["name"], tag.get("id")) for tag in page.find_all("input")] == [("form_key", None)]


def test_words_of_people_never_become_markup():
    class Asked(forms.Form):
        answer = forms.ChoiceField(
            label="<i>label</i>", help_text="<i>hint</i>", choices=[("<x>", "<i>choice</i>")], widget=forms.RadioSelect
        )

    form = Asked({"answer": "no such"})
    form.add_error(None, "<i>refused</i>")
    page = drawn(form)
    assert page.find_all("i") == []
    assert "<i>label</i>" in page.get_text()
    assert "<i>choice</i>" in page.get_text()
    assert "<i>refused</i>" in page.get_text()


def test_html_given_to_a_component_is_escaped_unless_the_code_says_it_is_safe():
    assert "<b>" not in component("inset-text", {"html": "<b>hello</b>"})
    assert "<b>hello</b>" in component("inset-text", {"html": SafeString("<b>hello</b>")})
    rows = {"rows": [{"key": {"text": "<b>"}, "value": {"html": "<b>"}}]}
    assert "<b>" not in component("summary-list", rows)


def test_names_may_be_snake_or_camel():
    page = Template("{% load nhs %}{% nhs 'details' summary_text='More' text='Words' %}").render(Context())
    assert page == Template("{% load nhs %}{% nhs 'details' summaryText='More' text='Words' %}").render(Context())


def test_a_literal_heading_is_drawn_once():
    page = Template("{% load nhs %}{% nhsblock 'card' heading='Once' %}<p>In it</p>{% endnhsblock %}").render(Context())
    assert page.count("Once") == 1
    assert page.count("<p>In it</p>") == 1


@pytest.mark.parametrize("name", ["nosuch", "../button", ""])
def test_a_component_that_does_not_exist(name):
    with pytest.raises(Exception, match="template"):
        component(name, {})
