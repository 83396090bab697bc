"""How a row of the matrix is written: an address, what it is asked about, and who gets what.

    Row("steering:edit", "writing", may=CO_LEADS, refused=GROUP | OVERSEERS, why="…")

`may` are those who get the page (`get`, 200) and whose empty form is taken (`post`, 200: the form once more). `refused`
may know of the thing and not do this: 403. Everybody else logged in gets `rest`: 404, because they may not know of it.
Who is not logged in goes to the log-in, and so does who is deactivated, unless the page is `public`.
`post_may`, `post_refused` differ from `may`, `refused` where the button is for fewer than the page.
`get=BUTTON` is an address that is only pressed, `post=PAGE` one that is only read: 405 to whoever is logged in.
`shows` are words that the page shows to those named and to nobody else who gets it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LOG_IN = "log in"
NOT_ALLOWED = 405
BUTTON = PAGE = NOT_ALLOWED


def people(names: str) -> frozenset[str]:
    return frozenset(names.split())


#: Who is logged in.
EVERYONE = people("ishani tunde priya cass samuel morgan grace yetunde owen nadia viewer exporter robin stranger")
NOT_LOGGED_IN = people("nobody leyla")
NOBODY = people("")

CO_LEADS = people("tunde priya")
GROUP = people("tunde priya cass nadia")
NETWORK = people("ishani tunde priya cass samuel morgan")
STEERING = people("tunde cass samuel yetunde")
#: Grace, secretary of the Steering Group.
SECRETARY = people("grace")
GOVERNANCE = people("owen")
EQUALITY = people("yetunde")
#: Those who answer for every policy of the Trust.
OVERSEERS = SECRETARY | GOVERNANCE | EQUALITY
#: Leads the far group, and sits in it.
FAR_LEAD = people("morgan")

#: Who takes part in our policy: the group, and once they were asked, the Network; when it came to the Steering Group,
#: its members. All of those are in one of the two.
IN_WRITING = GROUP | OVERSEERS
ASKED = NETWORK | GROUP
TAKE_PART = ASKED | OVERSEERS
#: The same for the policy of the far group.
FAR_IN_WRITING = FAR_LEAD | OVERSEERS
FAR_TAKE_PART = FAR_LEAD | OVERSEERS
FAR_REVIEWED = FAR_LEAD | STEERING | OVERSEERS


@dataclass(frozen=True)
class Row:
    """One address, asked about one thing, by everyone, with GET and with an empty POST."""

    address: str
    about: str = ""
    may: frozenset[str] = NOBODY
    refused: frozenset[str] = NOBODY
    rest: int = 404
    get: int = 200
    post: int = 200
    post_may: frozenset[str] | None = None
    post_refused: frozenset[str] | None = None
    public: bool = False
    gets: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    shows: dict[str, frozenset[str]] = field(default_factory=dict)
    why: str = ""

    def __str__(self) -> str:
        return f"{self.address} [{self.about}]"

    def expected(self, method: str, person: str) -> int | str:
        """What `person` gets."""
        if person in NOT_LOGGED_IN and not self.public:
            return LOG_IN
        by_name = self.gets if method == "GET" else self.posts
        if person in by_name:
            return by_name[person]
        status = self.get if method == "GET" else self.post
        if status == NOT_ALLOWED:
            return NOT_ALLOWED
        may, refused = self.may, self.refused
        if method == "POST":
            may = may if self.post_may is None else self.post_may
            refused = refused if self.post_refused is None else self.post_refused
        return self._of(person, status, may, refused)

    def _of(self, person: str, status: int, may: frozenset[str], refused: frozenset[str]) -> int:
        if person in may or self.public:
            return status
        return 403 if person in refused else self.rest

    def may_write(self, person: str) -> bool:
        """Whether an empty POST of theirs may change something."""
        return person in (self.may if self.post_may is None else self.post_may)


def page(address: str, about: str = "", **more: object) -> Row:
    """A page that is only read."""
    return Row(address, about, **({"post": PAGE} | more))


def button(address: str, about: str = "", **more: object) -> Row:
    """An address that is only pressed; a press leads on."""
    return Row(address, about, **({"get": BUTTON, "post": 302} | more))


def public(address: str, about: str = "", **more: object) -> Row:
    """A page for everyone, logged in or not."""
    return Row(address, about, **({"public": True, "may": EVERYONE | NOT_LOGGED_IN, "post": PAGE} | more))
