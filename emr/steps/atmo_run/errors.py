"""Reasons for which a run ends without a cell being to blame."""

from __future__ import annotations


class Refused(Exception):
    """The run cannot take place as asked for; the message is for the person whose notebook it is."""


class NotExecutable(Exception):
    """This machine has nothing to run such a notebook with. Happens in local stacks only."""


class NoCredentials(Exception):
    """The run has nothing to read its notebook with."""
