"""Reads a Word file in a process of its own: `python -m documents.word_reader`, file in, JSON out.

Only the standard library: the process runs without the third-party packages, with limits on memory and time, and
can neither reach the network nor write a file. See `documents.importing` for the other side.
"""
