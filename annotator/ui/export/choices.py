"""What is chosen in the export window, kept between two exports; what it orders. Pure."""

from collections.abc import Collection
from typing import Literal, TypeVar

import msgspec

from annotator.domain.offset_units import Unit
from annotator.errors import UserError
from annotator.services.dataset_entries import EVER, Choice, Period
from annotator.services.dataset_order import Order
from annotator.services.dividing import By, Splitting

T = TypeVar("T")

Status = Literal["done", "any"]
When = Literal["ever", "published", "made"]
Parts = Literal["none", "shares", "folds"]

USUAL_SHARES = "80/10/10"


class Chosen(msgspec.Struct, frozen=True):
    """Every choice of the window; the first export of a project takes them as they stand here.

    `annotators` and `targets` None mean all. `options` are those of each form by its name, so that
    a form that is chosen again finds its own. `shares` and the days are as they were typed.
    """

    form: str = "jsonl"
    gold: bool = False
    annotators: tuple[int, ...] | None = None
    status: Status = "done"
    targets: tuple[str, ...] | None = None
    when: When = "ever"
    since: str = ""
    until: str = ""
    excluded: bool = False
    negatives: bool = False
    parts: Parts = "none"
    shares: str = USUAL_SHARES
    by: By = "statement"
    folds: int = 5
    seed: int = 0
    stand_off: bool = False
    offsets: tuple[Unit, ...] = ()
    options: dict[str, dict[str, str]] = {}
    folder: str = ""


def encoded(chosen: Chosen) -> str:
    """Return choices as the project keeps them."""
    return msgspec.json.encode(chosen).decode()


def decoded(kept: str | None) -> Chosen | None:
    """Return choices that were kept; None without any, or of a version with others."""
    try:
        return None if not kept else msgspec.json.decode(kept, type=Chosen)
    except msgspec.DecodeError:
        return None


def still_there(
    chosen: Chosen, annotators: Collection[int], targets: Collection[str], forms: Collection[str]
) -> Chosen:
    """Return choices without annotators, targets and forms that are no longer there."""
    return msgspec.structs.replace(
        chosen,
        annotators=_left(chosen.annotators, annotators),
        targets=_left(chosen.targets, targets),
        form=chosen.form if chosen.form in forms else Chosen().form,
    )


def order(chosen: Chosen) -> Order:
    """Return the order of these choices; UserError says which of them cannot be."""
    if not chosen.gold and chosen.annotators == ():
        raise UserError("Nobody’s labels are chosen; tick at least one annotator.")
    if chosen.targets == ():
        raise UserError("No target is chosen; tick at least one.")
    period = EVER if chosen.when == "ever" else _period(chosen.since, chosen.until)
    return Order(
        choice=Choice(
            annotator_ids=None if chosen.gold else chosen.annotators,
            gold=chosen.gold,
            status=chosen.status,
            targets=chosen.targets,
            made=period if chosen.when == "made" else EVER,
            published=period if chosen.when == "published" else EVER,
            excluded=chosen.excluded,
            negatives=chosen.negatives,
        ),
        form=chosen.form,
        options=chosen.options.get(chosen.form, {}),
        splitting=_splitting(chosen),
        offsets=chosen.offsets,
        stand_off=chosen.stand_off,
    )


def _left(ids: tuple[T, ...] | None, there: Collection[T]) -> tuple[T, ...] | None:
    if ids is None:
        return None
    return tuple(id_ for id_ in ids if id_ in there) or None


def _period(since: str, until: str) -> Period:
    period = Period(since.strip() or None, until.strip() or None)
    if period.since and period.until and period.until < period.since:
        raise UserError(f"The period ends on {period.until}, before it begins; change one of them.")
    return period


def _splitting(chosen: Chosen) -> Splitting | None:
    if chosen.parts == "none":
        return None
    folds = chosen.folds if chosen.parts == "folds" else 0
    return Splitting(chosen.by, _shares(chosen.shares), folds, chosen.seed)


def _shares(written: str) -> tuple[float, ...]:
    try:
        return tuple(float(share) for share in written.split("/"))
    except ValueError as error:
        raise UserError(
            f"“{written}” is no division; write the shares of train, validation and test such as"
            f" {USUAL_SHARES}, or of train and test such as 80/20."
        ) from error
