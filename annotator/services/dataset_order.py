"""What dataset is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.domain.offset_units import Unit
from annotator.errors import UserError
from annotator.formats.datasets import form as forms
from annotator.formats.datasets import registry
from annotator.formats.datasets.form import ALL, Context, Form
from annotator.services.dataset_entries import Choice
from annotator.services.dividing import Splitting
from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class Order:
    """What dataset is asked for: what goes in, in which form, divided how.

    `options` are the form's own by name, those left out as the form has them; `offsets` units in
    which offsets stand beside code points. `stand_off` leaves out every word of the articles.
    """

    choice: Choice = field(default_factory=Choice)
    form: str = "jsonl"
    options: Mapping[str, str] = field(default_factory=dict)
    splitting: Splitting | None = None
    offsets: Sequence[Unit] = ()
    stand_off: bool = False


def context(project: Project, order: Order) -> tuple[Form, Context]:
    """Return the form of an order and what holds for the whole dataset.

    UserError when the form is unknown, or cannot do what is asked.
    """
    form = registry.form(order.form)
    if order.stand_off and not form.stand_off:
        able = ", ".join(f"“{other.name}”" for other in registry.forms() if other.stand_off)
        raise UserError(
            f"The format “{form.name}” holds words of the articles and cannot stand off from them;"
            f" choose one of {able}."
        )
    return form, Context(
        codebook=project.codebook,
        splits=order.splitting.names if order.splitting else (ALL,),
        texts=not order.stand_off,
        offsets=tuple(dict.fromkeys(unit for unit in order.offsets if unit != "codepoint")),
        options=forms.settled(form, order.options),
        name=project.name,
    )
