"""What a person may do with the ledger of messages."""

from core.permissions import Permission

READ_LEDGER = Permission("notifications.read_ledger", "see who was told what and when", "the secretary")
SEND_AGAIN = Permission("notifications.send_again", "send a message again", "the secretary")
