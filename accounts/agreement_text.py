"""The confidentiality agreement that an installation begins with. A secretary can write a new version on a page."""

FIRST = """
# What is said here stays here

- Do not tell anybody who belongs, or what somebody said about their own life.
- Never write or say the name of a patient, or anything that shows who they are.
- You can talk about what we decide, and about your own part.

# When we have to tell somebody

- If somebody may come to serious harm, we tell the people who can help. We tell you first if we can.
- The law can make us tell. That is rare.

# Minutes and your words

- Minutes say what was decided, and who will do what. They do not say who said what, unless you ask for it.
- When you comment on a draft, you choose how you are shown.
- People can ask the Trust for papers under the Freedom of Information Act. We take out the names of peers first.

# Photos and recordings

- Nobody takes photos or records a meeting, unless everybody there has said yes.

# Leaving

- You can take a break or leave at any time. You do not have to say why. What you have agreed here still counts.
- If something goes wrong, tell your staff sponsor or the secretary.
""".strip()
