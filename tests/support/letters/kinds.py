"""Two kinds: an ordinary letter with a link, and one that carries a code."""

import datetime as dt

from notifications.kinds import Kind, register

NEWS = register(
    Kind(
        name="check.news",
        purpose="Tells a person of the tests that there is news.",
        subject="new",
        template="messages/check_news.txt",
        facts={"last_day": str},
        path=lambda message: "/help/",
        words=lambda message: {"last_day": message.facts["last_day"]},
        still_due=lambda message: "It is over." if message.facts.get("last_day") == "over" else "",
    )
)
CODE = register(
    Kind(
        name="check.code",
        purpose="Sends a person of the tests a code.",
        subject="code",
        template="messages/check_code.txt",
        lane="codes",
        lasts=dt.timedelta(minutes=15),
    )
)
