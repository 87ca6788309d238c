"""Figures of agreement as SVG, PDF and PNG, the same to the byte for the same report.

matplotlib takes half a second to import and is imported by the first figure. Only its Figure is
used, without pyplot, so that there is no window, no global figure, and any thread may draw; its
settings are global, hence the lock.
"""

import io
import re
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, get_args

from annotator import places
from annotator.domain.agreement.definitions import PARTS
from annotator.domain.agreement.reported import LINES, Matrix, Report
from annotator.domain.agreement.values import Measure
from annotator.errors import UserError
from annotator.formats import agreement_words as said
from annotator.formats.agreement_look import BELOW, COLOURS, SANS, blend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Form = Literal["svg", "pdf", "png"]

FORMS: tuple[Form, ...] = get_args(Form)


class _Place(TypedDict):
    """How words are placed beside a point of the data."""

    textcoords: str
    annotation_clip: bool


_BAR = 0.3  # width of a bar of the chain; its numbers need the rest, in a wide typeface too
_DOTS = 200  # per inch, of PNG
_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf")
# neither date nor version: the same report is the same file
_METADATA: dict[Form, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
_LOCK = threading.Lock()


def form_of(path: Path) -> Form:
    """Return the form that the name of a file asks for; UserError when it is none of them."""
    ending = path.suffix.casefold().removeprefix(".")
    if ending not in FORMS:
        raise UserError(f"“{path.name}” names no kind of figure; end it in .svg, .pdf or .png.")
    return ending


def chain(report: Report, form: Form) -> bytes:
    """Return the figure that shows on which step of a statement agreement is lost."""

    def draw(figure: "Figure") -> None:
        axes = figure.add_axes((0.06, 0.2, 0.925, 0.7))
        _draw_chain(axes, report)

    return _drawn(draw, (7.2, 3.2), form)


def confusion(report: Report, matrix: Matrix, form: Form) -> bytes:
    """Return the figure of a confusion matrix; the first annotator's choices are the rows."""
    size = max(1, len(matrix.labels))
    width, height = 1.5 + 0.85 * size, 1.0 + 0.48 * size

    def draw(figure: "Figure") -> None:
        left, bottom = 1.4 / width, 0.08 / height
        axes = figure.add_axes((left, bottom, 0.85 * size / width, 0.48 * size / height))
        _draw_matrix(axes, report, matrix)

    return _drawn(draw, (width, height), form)


def _drawn(draw: "Callable[[Figure], None]", size: tuple[float, float], form: Form) -> bytes:
    """Return what `draw` puts on a figure of `size` inches."""
    out = io.BytesIO()
    with _LOCK, _settings():
        from matplotlib.figure import Figure

        figure = Figure(figsize=size, facecolor=COLOURS["paper"])
        draw(figure)
        figure.savefig(out, format=form, dpi=_DOTS, metadata=_METADATA[form])
    content = out.getvalue()
    return _tidied(content.decode()).encode() if form == "svg" else content


@contextmanager
def _settings() -> Iterator[None]:
    """Set matplotlib to its own defaults and ours, whatever the user's matplotlibrc says."""
    import matplotlib

    families = list(dict.fromkeys([*_families(), *SANS]))
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        # words stay words: they can be searched, copied and restyled
        matplotlib.rc("svg", fonttype="none", hashsalt="agreement")
        # outlines: as type 42 Inter is embedded in a way that strict readers refuse
        matplotlib.rc("pdf", fonttype=3)
        matplotlib.rc("font", **{"family": "sans-serif", "size": 9.0, "sans-serif": families})
        # a name with dollar signs is no formula
        matplotlib.rc("text", color=COLOURS["ink"], usetex=False, parse_math=False)
        yield


@cache
def _families() -> tuple[str, ...]:
    """Make the typefaces that ship with the program known to matplotlib; none if they are gone."""
    from matplotlib import font_manager

    paths = [places.shipped("resources") / "fonts" / name for name in _FONTS]
    if not all(path.is_file() for path in paths):
        return ()
    for path in paths:
        font_manager.fontManager.addfont(path)
    return (SANS[0],)


# matplotlib names every group; only names that are used are worth keeping, since several figures
# stand in one page
_ID = re.compile(r' id="([^"]*)"')


def _tidied(svg: str) -> str:
    used = set(re.findall(r"#([\w-]+)", svg))
    return _ID.sub(lambda found: found[0] if found[1] in used else "", svg)


# ----------------------------------------------------------------------------- the chain


def _draw_chain(axes: "Axes", report: Report) -> None:
    steps = said.chain(report)
    values = [s.measure.value for s in steps if s.measure and s.measure.value is not None]
    lows = [s.measure.low for s in steps if s.measure and s.measure.low is not None]
    lowest = min([0.0, *values, *lows])
    axes.set_xlim(-0.5, len(steps) - 0.2)
    axes.set_ylim(lowest * 1.05, 1.0)
    axes.set_axis_off()
    axes.axhline(0, color=COLOURS["edge"], linewidth=0.8, clip_on=False)
    for line in LINES:
        axes.axhline(line, color=COLOURS["edge"], linewidth=0.7, dashes=(2, 3), clip_on=False)
        axes.text(-0.52, line, f"{line:.3f}".lstrip("0"), color=COLOURS["soft"], size=7.5,
                  ha="right", va="center")  # fmt: skip
    for at, step in enumerate(steps):
        _draw_step(axes, at, step, lowest * 1.05)


def _draw_step(axes: "Axes", at: int, step: said.Step, bottom: float) -> None:
    axes.annotate(
        step.title, (at - _BAR / 2, bottom), (0, -9), textcoords="offset points", va="top",
        weight="semibold", annotation_clip=False,
    )  # fmt: skip
    axes.annotate(
        step.symbol, (at - _BAR / 2, bottom), (0, -21), textcoords="offset points", size=7.5,
        color=COLOURS["soft"], va="top", annotation_clip=False,
    )  # fmt: skip
    measure = step.measure
    if measure is None or measure.value is None:
        words = said.NOTHING if measure is None else f"undefined:\n{_broken(said.why(measure))}"
        axes.text(at - _BAR / 2, 0.02, words, size=7.5, color=COLOURS["soft"], va="bottom")
        return
    whole = at == len(said.STEPS) - 1
    colour = COLOURS["ink"] if whole else COLOURS["accent"]
    if measure.value < LINES[0] and not whole:
        colour = BELOW
    axes.bar(at, measure.value, width=_BAR, color=blend(colour, 0.85), linewidth=0)
    top = max(measure.value, 0.0)
    if measure.low is not None and measure.high is not None:
        # light around dark, to be seen on the bar as well as above it
        for colour, width, cap in ((COLOURS["paper"], 3.2, 9.0), (COLOURS["ink"], 1.2, 7.0)):
            axes.plot([at, at], [measure.low, measure.high], color=colour, linewidth=width,
                      marker="_", markersize=cap, markeredgewidth=width, clip_on=False,
                      solid_capstyle="butt")  # fmt: skip
    _draw_numbers(axes, (at + _BAR / 2 + 0.03, top), measure)


def _draw_numbers(axes: "Axes", corner: tuple[float, float], measure: Measure) -> None:
    """Write the value, the bounds and the number of units beside the top of a bar."""
    # the lines must not strike the words through
    box = {"facecolor": COLOURS["paper"], "linewidth": 0, "pad": 0.6}
    place: _Place = {"textcoords": "offset points", "annotation_clip": False}
    axes.annotate(said.figure(measure.value or 0.0), corner, (2, -1), weight="semibold", va="top",
                  bbox=box, **place)  # fmt: skip
    small = [f"n {said.number(measure.n)}"]
    if measure.low is not None:
        small.insert(0, "[{}]".format(said.interval(measure).replace(" to ", ", ")))
    for line, words in enumerate(small):
        axes.annotate(words, corner, (2, -13.5 - 10 * line), size=7, color=COLOURS["soft"],
                      va="top", bbox=box, **place)  # fmt: skip


def _broken(words: str) -> str:
    """Return words in lines that fit beside each other in the figure."""
    return "\n".join(textwrap.wrap(words, 18))


# ---------------------------------------------------------------------------- the matrix


def _draw_matrix(axes: "Axes", report: Report, matrix: Matrix) -> None:
    from matplotlib.patches import FancyBboxPatch

    size = len(matrix.labels)
    labels = [report.title(matrix.choice, label) for label in matrix.labels]
    most = max((count for row in matrix.counts for count in row), default=0)
    axes.set_xlim(0, max(1, size))
    axes.set_ylim(max(1, size), 0)
    axes.set_axis_off()
    one, other = matrix.annotators
    place: _Place = {"textcoords": "offset points", "annotation_clip": False}
    axes.annotate(f"{PARTS[matrix.choice]}: {one} in rows, {other} in columns", (0, 0), (-92, 36),
                  size=9, weight="semibold", va="bottom", **place)  # fmt: skip
    for at, label in enumerate(labels):
        axes.annotate(_fitted(label, 13), (at + 0.5, 0), (0, 5), ha="center", size=8, **place)
        axes.annotate(_fitted(label, 20), (0, at + 0.5), (-6, 0), ha="right", va="center", size=8,
                      **place)  # fmt: skip
    for row, counts in enumerate(matrix.counts):
        for column, count in enumerate(counts):
            colour = COLOURS["accent"] if row == column else BELOW
            share = 0.12 + 0.88 * count / most if count else 0.0
            face = blend(colour, share) if count else COLOURS["panel"]
            box = FancyBboxPatch(
                (column + 0.04, row + 0.06), 0.92, 0.88, linewidth=0, facecolor=face,
                boxstyle="round,pad=0,rounding_size=0.08",
            )  # fmt: skip
            axes.add_patch(box)
            ink = COLOURS["paper"] if share > 0.6 else COLOURS["ink"] if count else COLOURS["soft"]
            words = said.number(count) if count else "·"
            axes.text(column + 0.5, row + 0.5, words, ha="center", va="center", color=ink)


def _fitted(label: str, length: int) -> str:
    """Return a label in at most two lines of about `length` characters."""
    return "\n".join(textwrap.wrap(label, length, max_lines=2, placeholder="…"))
