"""What may be done about declarations of interest. The rules are bound in oxleas_coprod/permissions.py."""

from core.permissions import Permission

DECLARE_INTERESTS = Permission("governance.declare_interests", "declare interests here, because nobody asks you to")
CORRECT_INTEREST = Permission("governance.correct_interest", "put this right", "the person who declared it")
READ_REGISTER = Permission("governance.read_register", "read the whole register of interests", "the governance lead")
READ_BODY_REGISTER = Permission("governance.read_body_register", "read what members of this group declared")
SEE_WHO_HAS_ANSWERED = Permission("governance.see_who_has_answered", "see who has answered about interests")

SAY_IT_CONCERNS_ME = Permission("governance.say_it_concerns_me", "say that something before this group concerns you")
READ_RECUSAL = Permission("governance.read_recusal", "read this", "the person who said it")
WITHDRAW_RECUSAL = Permission("governance.withdraw_recusal", "take this back", "the person who said it")
