"""The figures on the terminal and in docs/performance.md."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.figure import Figure, shown

Groups = Mapping[str, Sequence[Figure]]

_HEAD = """# Performance

Each figure stands beside the plain thing that does only the same work, measured in the same run
in turn with it. The ratio is the median of the ratios of neighbours in time, since a machine
drifts and both drift alike; the times are medians. `make bench` prints all of it
(`BENCH_ARGS="--only label --quick"` a part, smaller and less often), `--write` writes this page.
"""

_PLAIN = """## What is compared with what

- **start**: from exec of the process to the first painted text of an article, its project opened
  the way the program does it; plain: a process that shows a bare PySide6 window, a QTextEdit with
  the same text.
- **label**: from the press of a stance key in the window to the commit, and until all of it is
  painted; plain: one SQLite commit, in WAL and synchronous=FULL, that updates one row of an
  indexed table on the same disk.
- **read**: from asking for an article to its first complete painting, with reading its statements
  from the project; plain: QTextEdit.setPlainText and first paint of the same text in a window of
  the same size. A scroll step is three lines, until painted, at the top, in the middle and
  towards the end. The event loop is watched by a timer of one millisecond, for one second.
- **in**: `import-labels` with `--articles`, a whole process, into an empty project; every line is
  checked against its article, the texts are indexed for search, and the step can be undone.
  Plain: a script that does json.loads and executemany of the same values into plain tables.
- **out**: `export`, a whole process, with every line checked and checksums taken, until all of it
  is on the disk; plain: a script that selects and json.dumps the same records (compared line by
  line after the measurement), without check or checksum.
- **datasets**: 1,000,000 statements written as a dataset: read from the project, checked, summed;
  plain: msgspec encoding records that are in memory into a file, and nothing else.
- **hold**: the program's own process with a large project open in its window, its memory at its
  peak and three seconds after the first painting; plain: the bare window of **start**.
- **agreement**: from the statements in memory to each part of the report, the parts one after
  another in one process; the time is that until the last figure of the part. The other thread
  wants to run every millisecond, as a window's does. α: from an array of
  units and coders with missing values; plain: the library krippendorff on the same array.
- **split**: from the statements in memory to the split of each, with near-identical text, the
  articles' overlapping spans, targets and stances; then the closest pairs of training and test.

The fastest peer that was measured is labelbuddy, a C++ program: 1.64 s for 1,000 articles and
20,000 labels in, 0.26 s for 20,000 labels out, whole processes with its own JSONL, on another
machine than this one: a mark to steer by, no comparison.
"""


def lines(figures: Sequence[Figure]) -> Iterator[str]:
    """Yield a line for each figure."""
    for figure in figures:
        values = [shown(figure.ours, figure.unit)]
        if figure.plain is not None:
            values.append(f"plain {shown(figure.plain, figure.unit)}")
        if figure.ratio is not None:
            values.append(f"ratio {figure.ratio:.2f}")
        if figure.aims:
            values.append(f"aim {figure.aims}: {figure.verdict}")
        yield f"  {figure.what}: {', '.join(values)}"


def write(path: Path, groups: Groups, machine: Mapping[str, str]) -> None:
    """Write the page with the figures and the machine."""
    table = ["| | figure | measured | plain | ratio | aim | |", "|---|---|---|---|---|---|---|"]
    for name, figures in groups.items():
        table += [_row(name, figure) for figure in figures]
    listed = [f"- {key}: {value}" for key, value in machine.items()]
    parts = [_HEAD, "## Figures\n", *table, "\n## The machine\n", *listed, f"\n{_PLAIN}"]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8")


def _row(name: str, figure: Figure) -> str:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    plain = shown(figure.plain, figure.unit)
    ours = shown(figure.ours, figure.unit)
    verdict = f"**{figure.verdict}**" if figure.met is False else figure.verdict
    return f"| {name} | {figure.what} | {ours} | {plain} | {ratio} | {figure.aims} | {verdict} |"
