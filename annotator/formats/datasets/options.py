"""The options of a form as its writer reads them."""

from annotator.errors import UserError
from annotator.formats.datasets.form import Context, Option


def chosen(context: Context, option: Option) -> str:
    """Return which of an option's choices is asked for; UserError for any other."""
    value = context.options.get(option.name, option.choices[0])
    if value not in option.choices:
        raise UserError(
            f"Option “{option.name}” cannot be “{value}”; choose {' or '.join(option.choices)}."
        )
    return value


def number(context: Context, option: Option) -> int:
    """Return the whole number asked for; UserError when it is none."""
    value = context.options.get(option.name, option.default)
    if not (value.isascii() and value.isdigit()):
        raise UserError(f"Option “{option.name}” cannot be “{value}”; give a number from 0.")
    return int(value)
