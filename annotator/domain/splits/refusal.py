"""The error of a split that cannot be had."""

from annotator.errors import UserError


class NoSplitError(UserError):
    """There is no split of the kind asked for that does not leak; its text says why."""
