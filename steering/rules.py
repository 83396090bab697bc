"""Predicates about policies, drafts, comments and decisions."""

# -- drafting and comment

# -- deciding and publishing
