"""Message kinds for checking the outbox, registered as any room registers its own."""
