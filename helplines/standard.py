"""The national contacts that a new installation starts with, and that stand in when the database is away."""

from __future__ import annotations

from typing import Any

#: Fields of `HelpContact`; an owner and dates are added when they are stored.
STANDARD: tuple[dict[str, Any], ...] = (
    {
        "kind": "emergency",
        "name": "Someone's life is at risk",
        "how": "Call 999 or go to A&E now",
        "phone": "999",
        "hours": "Any time, day or night",
        "rank": 10,
    },
    {
        "kind": "urgent",
        "name": "Urgent help with your mental health",
        "how": "Call 111 and choose the mental health option (option 2)",
        "phone": "111",
        "hours": "Any time, day or night. For people of all ages.",
        "rank": 20,
    },
    {
        "kind": "listening",
        "name": "Samaritans",
        "how": "Call 116 123 to talk to someone",
        "phone": "116 123",
        "hours": "Any time, day or night. The call is free.",
        "rank": 30,
    },
    {
        "kind": "listening",
        "name": "Shout",
        "how": "Text SHOUT to 85258",
        "phone": "",
        "hours": "Any time, day or night. The text is free on most networks.",
        "rank": 40,
    },
    {
        "kind": "deaf",
        "name": "British Sign Language and text relay",
        "how": "Use BSL 111 by video, or dial 18001 then 111 for text relay",
        "phone": "18001 111",
        "hours": "Any time, day or night",
        "rank": 50,
    },
)
