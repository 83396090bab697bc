"""A UUID read as text is the UUID as it is printed, in both databases."""

from core.columns import UuidText
from governance.models import Body


def test_it_reads_as_python_prints_it(cast):
    found = Body.objects.filter(pk=cast.network.pk).values_list("pk", UuidText("pk"), "name")
    assert list(found) == [(cast.network.pk, str(cast.network.pk), cast.network.name)]
