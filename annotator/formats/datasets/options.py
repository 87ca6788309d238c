"""The options of a form as its writer reads them, checked before by `form.settled`."""

from annotator.formats.datasets.form import Context, Option


def chosen(context: Context, option: Option) -> str:
    """Return which of an option's choices is asked for."""
    return context.options.get(option.name, option.usual)


def number(context: Context, option: Option) -> int:
    """Return the whole number asked for."""
    return int(chosen(context, option))
