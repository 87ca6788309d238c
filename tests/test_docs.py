"""The documentation says what the program does: links, pictures, keys, commands, codebook."""

import re
from functools import cache
from pathlib import Path

import click
import pytest

from annotator import cli
from annotator.domain.codebook import Choice, words
from annotator.services import project as projects
from annotator.ui.actions import ACTIONS, codebook_actions

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
README, GUIDE = ROOT / "README.md", ROOT / "docs" / "guide.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

LARGEST = 250_000  # bytes of a picture

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```\n?", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_CELLS = re.compile(r"^\| *(.+?) *\|$", re.MULTILINE)


@cache
def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return _FENCED.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    return [goal for goal in _LINK.findall(prose(page)) if "://" not in goal]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as code hosts make them."""
    lowered = (heading.strip().lower() for heading in _HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in lowered}


def section(page: Path, title: str) -> str:
    """Return what stands under a heading, up to the next one of its level."""
    text = page.read_text(encoding="utf-8")
    level, start = next(
        (len(m[1]), m.end())
        for m in re.finditer(r"^(#+) +(.+)$", text, re.MULTILINE)
        if m[2] == title
    )
    following = re.compile(rf"^#{{1,{level}}} ", re.MULTILINE).search(text, start)
    return text[start : following.start() if following else len(text)]


def rows(text: str) -> list[list[str]]:
    """Return the rows of the tables in a text, cell by cell, without headings and rules."""
    lines = [re.split(r" *\| *", line) for line in _CELLS.findall(text)]
    rules = {at for at, line in enumerate(lines) if set("".join(line)) <= set("-: ")}
    return [line for at, line in enumerate(lines) if not {at, at + 1} & rules]


# --------------------------------------------------------------------- links, pictures


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for goal in links(page):
        name, _, anchor = goal.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(goal)
    assert not broken


def test_every_picture_is_shown_and_taken_by_the_script() -> None:
    shown = {
        (page.parent / goal).resolve()
        for page in PAGES
        for goal in links(page)
        if goal.endswith(".png")
    }
    there = set(PICTURES.iterdir())
    assert there == shown
    script = (ROOT / "docs" / "take_pictures.py").read_text(encoding="utf-8")
    assert {path.stem for path in there} == set(re.findall(r'^    "([\w-]+)": ', script, re.M))


def test_pictures_are_small() -> None:
    large = [path.name for path in PICTURES.iterdir() if path.stat().st_size > LARGEST]
    assert not large


# --------------------------------------------------------------------------- keys


def test_the_guide_lists_every_key() -> None:
    codebook = projects.read_codebook(projects.default_codebook_file())
    every = [*ACTIONS, *codebook_actions(codebook, "en")]
    has = {action.text: list(action.keys) for action in every if action.keys}
    listed = {
        text: re.findall(r"`([^`]+)`", keys) for text, keys in rows(section(GUIDE, "All keys"))
    }
    assert listed == has


def test_the_guide_names_the_actions_without_a_key() -> None:
    said = " ".join(section(GUIDE, "All keys").split())
    without = [a.text for a in ACTIONS if not a.keys and not a.id.startswith("appearance_")]
    assert not [text for text in without if f"*{text}*" not in said]


def test_the_readme_names_keys_that_exist() -> None:
    codebook = projects.read_codebook(projects.default_codebook_file())
    every = [*ACTIONS, *codebook_actions(codebook, "en")]
    exist = {key for action in every for key in action.keys} | {"Shift", "Ctrl"}
    table = "\n".join("".join(row) for row in rows(section(README, "Keys")))
    for sign, name in (("⏎", "Return"), ("←", "Left"), ("→", "Right")):
        table = table.replace(sign, name)
    assert set(re.findall(r"`([^`]+)`", table)) <= exist


# ---------------------------------------------------------------------- command line


def usage(name: str, command: click.Command) -> str:
    """Return how a command is called, in one line."""
    parts = [cli.NAME] if name == "open" else [cli.NAME, name]
    for param in command.params:
        if isinstance(param, click.Argument):
            parts.append(str(param.metavar))
            continue
        assert isinstance(param, click.Option)
        option = param.opts[0] if param.is_flag else f"{param.opts[0]} {param.metavar}"
        option = option if param.required else f"[{option}]"
        parts.append(f"{option}..." if param.multiple else option)
    return " ".join(parts)


@pytest.mark.parametrize("page", [README, GUIDE], ids=["README.md", "docs/guide.md"])
def test_the_commands_are_those_of_the_program(page: Path) -> None:
    said = [
        line
        for line in section(page, "The command line").replace("\n    ", " ").splitlines()
        if line.startswith(f"{cli.NAME} ")
    ]
    group = cli.cli
    assert isinstance(group, click.Group)
    assert sorted(said) == sorted(usage(*item) for item in group.commands.items())


# -------------------------------------------------------------------------- codebook


def described(choices: tuple[Choice, ...]) -> list[tuple[str, str, str, str]]:
    return [(c.id, words(c.name, "en"), words(c.name, "fr"), c.key or "") for c in choices]


def test_the_default_codebook_is_described_as_it_is() -> None:
    codebook = projects.read_codebook(projects.default_codebook_file())
    page = ROOT / "docs" / "codebook.md"
    attributes = [choice for a in codebook.attributes for choice in a.choices]
    for title, choices in (
        ("Targets", codebook.targets),
        ("Stances", codebook.stances),
        ("Attributes", tuple(attributes)),
        ("Flags", codebook.flags),
    ):
        listed = [
            (row[0].strip("`"), row[1], row[2], row[3].strip("`"))
            for row in rows(section(page, title))
        ]
        assert listed == described(tuple(choices)), title
    heads = re.findall(
        r"^\*\*(.+?)\*\* \(`(\w+)`; French: (.+?); usual: `?(\w+)`?\)",
        section(page, "Attributes"),
        re.MULTILINE,
    )
    assert heads == [
        (words(a.name, "en"), a.id, words(a.name, "fr"), a.usual or "none")
        for a in codebook.attributes
    ]
    assert f"version {codebook.version}" in section(page, "The default codebook")


def test_the_codebook_guide_says_which_keys_are_taken() -> None:
    codebook = projects.read_codebook(projects.default_codebook_file())
    listed = {
        row[0].strip("`"): row[1]
        for row in rows(section(ROOT / "docs" / "codebook.md", "Keys"))
        if re.fullmatch(r"(target|stance|flag|[a-z]+): .+", row[1])
    }
    assert listed == {
        choice.key: f"{group}: {words(choice.name, 'en')}"
        for group, choice in codebook.all_choices()
        if choice.key
    }
