"""Role records as a file, for those who may take them away: with a reason, and written down."""
