"""What is sealed comes back, and only to those with the key."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

from core.secrets import Unreadable, seal, unseal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.mark.parametrize("text", ["", "ABCD-EFGH", "ঋ 🌧\n\x00"])
def test_there_and_back(text):
    sealed = seal(text)
    assert unseal(sealed) == text
    assert not text or text not in sealed
    assert sealed.isascii()
    assert seal(text) != sealed, "twice the same does not look the same"


def test_keys_are_changed_by_putting_the_new_one_first(settings):
    settings.SECRETS_KEYS = [OLD]
    sealed = seal("words")
    settings.SECRETS_KEYS = [NEW, OLD]
    assert unseal(sealed) == "words"
    newer = seal("words")
    settings.SECRETS_KEYS = [NEW]
    assert unseal(newer) == "words"
    with pytest.raises(Unreadable):
        unseal(sealed)


@pytest.mark.parametrize("token", ["", "nonsense", "ü"])
def test_what_is_not_ours_cannot_be_read(token):
    with pytest.raises(Unreadable):
        unseal(token)


def test_what_was_altered_cannot_be_read():
    with pytest.raises(Unreadable):
        unseal(seal("words")[:-4] + "AAA=")


def test_what_is_sealed_for_a_purpose_is_opened_for_that_one_alone():
    sealed = seal("words\x1fmore", purpose="a")
    assert unseal(sealed, purpose="a") == "words\x1fmore"
    for token, purpose in ((sealed, "b"), (seal("words"), "a"), (seal(""), "a"), (seal("a"), "a"), (sealed, "words")):
        with pytest.raises(Unreadable):
            unseal(token, purpose=purpose)


def test_another_secret_key_opens_nothing(settings):
    sealed = seal("words")
    settings.SECRET_KEY = "another"
    with pytest.raises(Unreadable):
        unseal(sealed)
