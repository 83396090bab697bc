"""Whether a person of another table's row sits at a table today, as a condition for queries of every room."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, F, Func, OuterRef

from accounts.models import Person
from core import clock
from governance.models.bodies import Body, Constituency
from governance.models.seats import Seat, Term
from governance.workflows import ENDED

CLOSED = [state.value for state in ENDED]


class Sits(Func):
    """Whether `person` has a seat today: on `body` if that is given, on any of that `kind`, in a seat of `among`.

    `person` and `body` name fields of the row that is asked, or are an `OuterRef`. A seat on a break counts; a body
    that was closed or merged does not, nor does somebody who can no longer log in. Written out as SQL for the reason
    of `governance.standing.QUESTION`.
    """

    def __init__(
        self,
        person: str | OuterRef,
        *,
        body: str | OuterRef | None = None,
        kind: Body.Kind | None = None,
        among: Collection[Constituency] = tuple(Constituency),
    ) -> None:
        who_and_where = [F(name) if isinstance(name, str) else name for name in (person, body) if name is not None]
        super().__init__(*who_and_where, output_field=BooleanField())
        self.kinds = [kind.value] if kind else Body.Kind.values
        self.among = [constituency.value for constituency in among]

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        today = connection.ops.adapt_datefield_value(clock.today())
        sql = f"""EXISTS (SELECT 1 FROM {Term._meta.db_table} sits
            JOIN {Body._meta.db_table} its_body ON its_body.id = sits.body_id AND its_body.state NOT IN {_list(CLOSED)}
            JOIN {Seat._meta.db_table} its_seat ON its_seat.id = sits.seat_id
            JOIN {Person._meta.db_table} whose ON whose.id = sits.person_id AND whose.is_active
            WHERE sits.starts_on <= %s AND sits.ends_on > %s
            AND its_body.kind IN {_list(self.kinds)} AND its_seat.constituency IN {_list(self.among)}"""  # noqa: S608
        params = [*CLOSED, today, today, *self.kinds, *self.among]
        for column, expression in zip(("person_id", "body_id"), self.source_expressions, strict=False):
            asked, of_asked = compiler.compile(expression)
            sql += f" AND sits.{column} = {asked}"
            params += of_asked
        return f"{sql})", params


def _list(words: Collection[str]) -> str:
    return f"({', '.join('%s' for _ in words)})"
