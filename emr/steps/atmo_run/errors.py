"""Errors that end a run outside of a cell."""

from __future__ import annotations


class Refused(Exception):
    """The run cannot be executed; the message is for the owner of the notebook."""


class NotExecutable(Exception):
    """This machine lacks what this kind of notebook needs. Happens in local stacks only."""


class NoCredentials(Exception):
    """The run has nothing to read its notebook with."""
