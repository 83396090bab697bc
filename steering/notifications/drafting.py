"""Message kinds of this part of the room: who is told, in which words."""
