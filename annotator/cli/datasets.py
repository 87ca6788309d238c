"""Commands that write datasets, and say in which forms."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.common import PATH, opened
from annotator.errors import UserError

if TYPE_CHECKING:
    from annotator.services.dividing import Splitting
    from annotator.services.exporting import Choice, Order, Report
    from annotator.services.project import Project

_BY = ("statement", "article", "speaker", "date")
_SHARES = "80/10/10"


@click.command()
@click.argument("path", type=PATH, metavar="PROJECT")
@click.option(
    "--to", "folder", type=PATH, required=True, metavar="FOLDER", help="The folder to write."
)
@click.option("--format", "form", default="jsonl", metavar="NAME", help="See: formats.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="Of the format.")
@click.option(
    "--annotator",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this annotator; may be repeated.",
)
@click.option("--gold", is_flag=True, help="What was decided, instead of the annotators' labels.")
@click.option(
    "--status",
    type=click.Choice(["done", "any"]),
    metavar="done|any",
    default="done",
    help="Only what its annotator marked done (gold: gold articles), or any.",
)
@click.option(
    "--target", "targets", multiple=True, metavar="ID", help="Only this target; may be repeated."
)
@click.option("--since", metavar="DAY", help="Only statements made on this day or later.")
@click.option("--until", metavar="DAY", help="Only statements made on this day or before.")
@click.option("--published-since", metavar="DAY", help="Only articles of this day or later.")
@click.option("--published-until", metavar="DAY", help="Only articles of this day or before.")
@click.option("--with-excluded", is_flag=True, help="Also statements in excluded regions.")
@click.option("--negatives", is_flag=True, help="Also sentences of done articles without any.")
@click.option("--offsets", metavar="UNITS", help="Also in these units: utf16, byte, grapheme.")
@click.option(
    "--stand-off/--with-texts",
    default=None,
    help="Without any words of the articles, or with; else as the project says.",
)
@click.option("--card", type=PATH, metavar="FILE", help="Answers for README.md (JSON).")
@click.option("--agreement", is_flag=True, help="Work out agreement for README.md.")
@click.option(
    "--split", "shares", metavar=_SHARES, help="Train, validation and test; or 80/20 without."
)
@click.option("--folds", type=int, default=0, metavar="K", help="Cross-validation instead.")
@click.option(
    "--group-by",
    "by",
    type=click.Choice(_BY),
    metavar="|".join(_BY),
    help="What is never divided: what repeats itself, and whole articles or speakers, or by date.",
)
@click.option("--seed", type=int, metavar="N", help="Of the division; usually 0.")
def export(path: Path, folder: Path, **asked: Any) -> None:
    """Write a dataset into a folder; replaces an older export there whole.

    What goes in is what annotators marked done. Splits hold apart what repeats itself.

    \b
    Example:
      stance-annotator export interviews.stance --to export --annotator Camille --annotator Noor
      stance-annotator export interviews.stance --to gold --gold --split 80/10/10 --seed 7
    """
    with opened(path, read_only=True) as project:
        from annotator.services import agreement_report, dataset_card, exporting

        given = None if asked["card"] is None else dataset_card.read_answers(asked["card"])
        found = agreement_report.collect(project) if asked["agreement"] else None
        card = dataset_card.addition(given, found)
        report = exporting.export(project, folder, _order(project, asked), additions=[card])
    _tell(report)


def _order(project: "Project", asked: Mapping[str, Any]) -> "Order":
    from annotator.services import dataset_card
    from annotator.services.exporting import Order

    return Order(
        choice=_choice(project, asked),
        form=asked["form"],
        options=_options(asked["options"]),
        splitting=_splitting(asked),
        offsets=_units(asked["offsets"] or ""),
        stand_off=dataset_card.stands_off(project, asked["stand_off"]),
    )


def _choice(project: "Project", asked: Mapping[str, Any]) -> "Choice":
    from annotator.services import exporting
    from annotator.services.dataset_entries import Period

    return exporting.Choice(
        annotator_ids=exporting.annotator_ids(project, asked["names"]),
        gold=asked["gold"],
        status=asked["status"],
        targets=asked["targets"] or None,
        made=Period(asked["since"], asked["until"]),
        published=Period(asked["published_since"], asked["published_until"]),
        excluded=asked["with_excluded"],
        negatives=asked["negatives"],
    )


def _options(given: Sequence[str]) -> dict[str, str]:
    faulty = [option for option in given if "=" not in option]
    if faulty:
        raise UserError(f"“{faulty[0]}” is no option of a format; write it as NAME=VALUE.")
    return {name: value for name, _, value in (option.partition("=") for option in given)}


def _splitting(asked: Mapping[str, Any]) -> "Splitting | None":
    from annotator.services.dividing import Splitting

    shares, folds = asked["shares"], asked["folds"]
    if shares and folds:
        raise UserError("--split and --folds exclude each other; leave one of them out.")
    if not shares and not folds:
        if asked["by"] is not None or asked["seed"] is not None:
            raise UserError(
                f"--group-by and --seed belong to a division; add --split {_SHARES} or --folds 5."
            )
        return None
    return Splitting(
        by=asked["by"] or "statement",
        shares=_shares(shares or _SHARES),
        folds=folds,
        seed=asked["seed"] or 0,
    )


def _shares(written: str) -> tuple[float, ...]:
    try:
        return tuple(float(share) for share in written.split("/"))
    except ValueError:
        raise UserError(
            f"“{written}” is no division; write the shares of train, validation and test as"
            f" {_SHARES}, or of train and test as 80/20."
        ) from None


def _units(written: str) -> tuple[Any, ...]:
    from annotator.domain.offset_units import UNITS

    found = [unit.strip() for unit in written.split(",") if unit.strip()]
    unknown = [unit for unit in found if unit not in UNITS]
    if unknown:
        raise UserError(f"“{unknown[0]}” is no unit of offsets; the units are {', '.join(UNITS)}.")
    return tuple(found)


def _tell(report: "Report") -> None:
    click.echo(f"{report.statements} statements in {report.articles} articles: {report.folder}")
    if report.negatives:
        click.echo(f"{report.negatives} sentences without a statement")
    if report.gold is not None:
        found = report.gold
        click.echo(
            f"{found.no_statement} decided to be no statement; {found.articles} articles are gold,"
            f" {found.undecided} cases undecided, {found.stale} changed since"
        )
    for split, number in report.rows.items():
        if split:
            click.echo(f"{split}: {number}")
    for note in report.notes:
        click.echo(f"note: {note}")
    for reason, number in report.left_out.items():
        click.echo(f"left out: {number} {reason}")
    for reason, number in report.lost.items():
        click.echo(f"not carried by this format: {number} {reason}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def formats(as_json: bool) -> None:
    """List the formats of datasets: what each carries, and what it lacks.

    \b
    Example:
      stance-annotator formats --json
    """
    from annotator.services.exporting import forms

    listed = forms()
    if as_json:
        import json

        found = [
            {
                "name": form.name,
                "title": form.title,
                "unit": form.unit,
                "carries": form.carries,
                "lacks": form.lacks,
                "needs": form.needs,
                "stand_off": form.stand_off,
                "options": [
                    {
                        "name": option.name,
                        "words": option.words,
                        "choices": option.choices,
                        "default": option.usual,
                    }
                    for option in form.options
                ],
            }
            for form in listed
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for form in listed:
        click.echo(f"{form.name}: {form.title}")
        click.echo(f"  carries  {form.carries}")
        click.echo(f"  lacks    {form.lacks}")
        for option in form.options:
            values = "|".join(option.choices) or "N"
            click.echo(f"  --option {option.name}={values}  {option.words} ({option.usual})")
        if form.needs is not None:
            click.echo(f'  needs    pip install "stance-annotator[{form.needs}]"')
