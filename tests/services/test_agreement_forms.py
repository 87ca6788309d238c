"""What is made of a report: JSON, CSV, page, figures; the sample's against a golden file."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from annotator.domain.agreement import definitions, outcomes
from annotator.domain.agreement.reported import LINES, Matrix
from annotator.errors import UserError
from annotator.formats import agreement_figures, agreement_words, whole_file
from annotator.services import agreement_report, sample
from annotator.ui import theme

AT = "2026-01-06T12:00:00.000Z"
GOLDEN = Path(__file__).parent / "golden" / "agreement.json"
MEASURE = ["name", "value", "low", "high", "n", "undefined"]
NAMES = [
    *("found_f1_exact", "found_f1_overlap"),
    *("u_alpha", "binary_u_alpha", "cu_alpha") * 2,
    *("speaker_percent", "speaker_alpha", "target_alpha"),
    *("stance_percent", "stance_alpha", "stance_alpha_ordinal"),
    *("stance_kappa", "stance_pi", "stance_ac1"),
    *("attribution_alpha", "condition_alpha", "evidence_alpha", "scope_alpha"),
    *("confidence_alpha", "source_chain_alpha", "tuple_f1"),
]
VOID = {"meta", "br"}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    project = sample.make_sample(tmp_path_factory.mktemp("sample") / "sample.stance")
    yield agreement_report.collect(project, at=AT)
    project.close()


@pytest.fixture(scope="module")
def page(report):
    return agreement_report.as_html(report)


class Page(HTMLParser):
    """Reads a page, refuses tags that do not nest, and keeps cells, attributes and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.seen: set[str] = set()
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_startendtag(self, tag, attrs):
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


# ------------------------------------------------------------------------------ numbers


def test_the_json_has_the_shape_that_is_documented(report) -> None:
    found = json.loads(agreement_report.as_json(report))
    assert list(found)[:9] == [
        *("annotators", "articles", "seed", "draws", "measures"),
        *("by_target", "by_speaker", "by_article", "by_pair"),
    ]
    assert (found["annotators"], found["articles"]) == (["Camille", "Noor"], 5)
    assert (found["seed"], found["draws"]) == (1, 2000)
    assert [measure["name"] for measure in found["measures"]] == NAMES
    slices = [one for scope in list(found)[5:9] for one in found[scope]]
    for measure in [m for one in [found, *slices] for m in one["measures"]]:
        of_target = measure["name"] in ("u_alpha", "binary_u_alpha", "cu_alpha")
        assert list(measure) == MEASURE + ["target"] * of_target
        assert (measure["value"] is None) == (measure["undefined"] is not None)
    assert [one["target"] for one in found["by_target"]] == ["ceasefire", "troop_deployment"]
    assert [one["annotators"] for one in found["by_pair"]] == [["Camille", "Noor"]]


def test_the_numbers_of_the_sample_are_those_of_the_golden_file(report) -> None:
    def flat(value, path=""):
        if isinstance(value, dict):
            return {k: v for key in value for k, v in flat(value[key], f"{path}/{key}").items()}
        if isinstance(value, list):
            return {
                k: v for at, one in enumerate(value) for k, v in flat(one, f"{path}/{at}").items()
            }
        return {path: value}

    found, golden = (
        flat(json.loads(text))
        for text in (agreement_report.as_json(report), GOLDEN.read_text(encoding="utf-8"))
    )
    assert list(found) == list(golden)
    for path, value in golden.items():
        if isinstance(value, float):  # another processor may round the last digit otherwise
            value = pytest.approx(value, rel=1e-9, abs=1e-12)
        assert found[path] == value, path


def test_the_csv_holds_what_the_json_holds(report) -> None:
    rows = list(csv.DictReader(io.StringIO(agreement_report.as_csv(report))))
    columns = "scope,key,name,target,value,low,high,n,undefined"
    assert agreement_report.as_csv(report).splitlines()[0] == columns
    found = json.loads(agreement_report.as_json(report))
    keys = {
        "target": lambda one: one["target"],
        "speaker": lambda one: one["speaker"],
        "article": lambda one: one["article"],
        "pair": lambda one: " / ".join(one["annotators"]),
    }
    expected = [("all", "", measure) for measure in found["measures"]]
    expected += [
        ("stance", one["stance"], {"name": "specific_agreement", **one})
        for one in found["specific_agreement"]
    ]
    for scope, of in keys.items():
        expected += [(scope, of(one), m) for one in found[f"by_{scope}"] for m in one["measures"]]
    assert len(rows) == len(expected)
    for row, (scope, key, measure) in zip(rows, expected, strict=True):
        assert (row["scope"], row["key"], row["name"]) == (scope, key, measure["name"])
        assert row["value"] == ("" if measure["value"] is None else repr(measure["value"]))
        assert row["n"] == str(measure["n"])
        assert row["undefined"] == (measure["undefined"] or "")
        assert row["target"] == measure.get("target", "")


# -------------------------------------------------------------------------------- page


def test_the_page_is_well_formed_and_fetches_and_runs_nothing(page) -> None:
    read = Page(page)
    assert not read.seen & {"script", "link", "img", "iframe", "object", "base", "form"}
    for tag, name, value in read.attributes:
        assert not name.startswith("on")
        if "http" in (value or ""):
            assert name.startswith("xmlns"), (tag, name, value)
        if name in ("src", "href", "xlink:href"):
            assert (value or "").startswith("#")
    assert not re.search(r"@import|url\((?!#)|https?://(?!www\.w3\.org)", page)
    assert "@media print" in page
    assert not re.search(r"@(?!media|page)\w", page), "a colour of the style sheet has no value"


def test_the_numbers_of_the_page_are_those_of_the_json(report, page) -> None:
    found = json.loads(agreement_report.as_json(report))
    rows = Page(page).rows
    for measure in found["measures"]:
        what = definitions.definition(measure["name"], report.titles)
        title = what.title
        if "target" in measure:
            title += f": {report.title('target', measure['target'])}"
        (row,) = [row for row in rows if row[:2] == [title, what.symbol] and len(row) == 5][:1]
        assert row[2] == agreement_words.figure(measure["value"])
        assert row[4] == f"{measure['n']} {what.units}"
    for one in found["by_speaker"]:
        values = {m["name"]: m["value"] for m in one["measures"]}
        (row,) = [row for row in rows if row[0] == one["speaker"]]
        for cell, name in zip(row[1:], agreement_words.STEPS, strict=False):
            if values[name] is None:
                assert cell.startswith("undefined")
            else:
                assert cell == agreement_words.figure(values[name])


@pytest.mark.parametrize(
    "words",
    [
        "seed 1",
        "2,000 draws",
        "Ceasefire and troop deployment, version 1.0.0",
        "Stance Annotator ",
        AT,
        "too few articles for an interval (5; 10 are needed)",
        "04_velano-garde-ses-soldats",
        ".667",
        ".800",
        "Krippendorff, K., Mathet, Y.",
        "Hripcsak",
        "2a / (2a + b + c)",
        "raw 100 %",
        "Not found by everyone",
        "Camille in rows, Noor in columns",
    ],
)
def test_a_methods_section_finds_what_it_needs(page, words) -> None:
    assert words in page


def test_nothing_is_called_good_or_bad(report, page) -> None:
    verdict = r"\b(excellent|good|poor|fair|moderate|substantial|perfect|slight|acceptable)\b"
    for text in (page, agreement_report.as_text(report)):
        assert not re.search(verdict, text, re.IGNORECASE)


def test_names_are_shown_as_they_are(report) -> None:
    wild = 'A<b>"&$x_1$'
    people = tuple(replace(person, name=wild) for person in report.people)
    matrix = replace(report.matrices[0], annotators=(wild, "B"))
    page = agreement_report.as_html(
        replace(report, people=people, matrices=(matrix,), project="<i>")
    )
    Page(page)
    assert '<b>"' not in page
    assert page.count("A&lt;b&gt;") > 2
    assert "$x_1$" in page


# ----------------------------------------------------------------------------- figures


@pytest.mark.parametrize("ending", ["svg", "pdf", "png", "SVG"])
def test_figures_are_saved_in_every_form_the_same_each_time(report, tmp_path, ending) -> None:
    saved = []
    for name in ("one", "two"):
        chain, matrix = (tmp_path / f"{name}-{what}.{ending}" for what in ("chain", "matrix"))
        agreement_report.save_chain(report, chain)
        agreement_report.save_matrix(report, report.matrices[0], matrix)
        saved.append((chain.read_bytes(), matrix.read_bytes()))
    assert saved[0] == saved[1]
    begin = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}[ending.lower()]
    assert all(content.startswith(begin) for content in saved[0])


def test_the_chain_says_its_numbers_as_words(report) -> None:
    svg = ElementTree.fromstring(agreement_figures.chain(report, "svg"))
    words = [node.text for node in svg.iter("{http://www.w3.org/2000/svg}text")]
    for step in agreement_words.chain(report):
        assert step.title in words
        assert step.measure is not None and step.measure.value is not None
        assert agreement_words.figure(step.measure.value) in words
        assert f"n {step.measure.n}" in words
    assert {f"{line:.3f}"[1:] for line in LINES} == {".667", ".800"} <= set(words)


def test_a_step_without_value_says_why(report) -> None:
    parts = tuple(
        (part, tuple(replace(m, value=None, undefined="both marked nothing") for m in some))
        for part, some in report.parts
    )
    svg = agreement_figures.chain(replace(report, parts=parts), "svg").decode()
    assert svg.count("undefined:") == 5
    negative = tuple((part, tuple(replace(m, value=-0.4) for m in some)) for part, some in parts)
    svg = agreement_figures.chain(replace(report, parts=negative), "svg").decode()
    assert "−0.400" in svg
    assert agreement_figures.chain(replace(report, parts=()), "svg")
    assert agreement_figures.confusion(report, Matrix("stance", ("A", "B"), (), ()), "svg")


def test_a_figure_needs_a_known_ending(report, tmp_path) -> None:
    with pytest.raises(UserError, match=r"end it in \.svg, \.pdf or \.png"):
        agreement_report.save_chain(report, tmp_path / "chain.gif")


# ------------------------------------------------------------------------------- saved


def test_a_file_is_whole_or_as_it_was(report, tmp_path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("old")
    path.chmod(0o640)
    agreement_report.save_numbers(report, path)
    assert path.read_text(encoding="utf-8") == agreement_report.as_csv(report)
    assert path.stat().st_mode & 0o777 == 0o640
    agreement_report.save_numbers(report, tmp_path / "numbers.json")
    assert json.loads((tmp_path / "numbers.json").read_bytes())["articles"] == 5
    agreement_report.save_page(report, tmp_path / "report.html")
    with pytest.raises(UserError, match="is a folder"):
        whole_file.write(tmp_path, b"")
    with pytest.raises(UserError, match="There is no folder"):
        whole_file.write(tmp_path / "none" / "x", b"")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "numbers.csv",
        "numbers.json",
        "report.html",
    ]


# ------------------------------------------------------------- what stands in two places


def test_every_reason_has_a_mark() -> None:
    assert set(agreement_words.MARKS) == set(outcomes.REASONS) - {outcomes.DEFINED}


def test_every_measure_is_defined_and_every_source_referred_to(report) -> None:
    named = {measure.name for measure in report.measures}
    assert set(definitions.DEFINITIONS) <= named
    used = {key for one in definitions.DEFINITIONS.values() for key in one.sources}
    used |= {*definitions.SPECIFIC.sources, "efron"}
    assert used == set(definitions.REFERENCES)


def test_the_colours_are_those_of_the_window() -> None:
    from annotator.formats.agreement_look import BELOW, COLOURS, SANS, SERIF

    assert {name: getattr(theme.LIGHT, name) for name in COLOURS} == COLOURS
    assert theme.LIGHT.hues["orange"].strong == BELOW
    assert (theme.SANS, theme.SERIF) == (SANS, SERIF)
