"""What to call the phone or computer that somebody uses, in words they would use themselves."""

from __future__ import annotations

#: What a browser says of itself, and its name; the first that fits. Most say they are several.
BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android phone or tablet"),
    ("CrOS", "a Chromebook"),
    ("Windows", "a Windows computer"),
    ("Macintosh", "a Mac"),
    ("Linux", "a Linux computer"),
)


def device_named(user_agent: str) -> str:
    """ "Chrome on an iPhone", from what a browser says of itself. Nothing more of that is kept."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "A browser")
    machine = next((name for sign, name in MACHINES if sign in user_agent), "a phone or computer")
    return f"{browser} on {machine}"
