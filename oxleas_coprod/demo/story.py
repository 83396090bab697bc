"""Policies of the demo Trust, each at another stage."""

from oxleas_coprod.demo.structure import DemoTrust


def make_policies(trust: DemoTrust) -> None:
    """Filled once the verbs exist."""
