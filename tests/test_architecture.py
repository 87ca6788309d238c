"""What holds for the code as a whole: floors, style, types, sizes, and what must not be in it."""

import ast
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "annotator"

FILE_LINES = 400
FUNCTION_LINES = 50
CLASS_METHODS = 25
BROAD_EXCEPTS = 2

# Put together here so that this file is not its own first finding.
MARKS_OF_UNFINISHED_WORK = ("TO" + "DO", "FIX" + "ME")
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("crates", "io"),
        ("anaconda", "org"),
        ("golang", "org"),
        ("rubygems", "org"),
        ("maven", "org"),
    )
)

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Finding = tuple[int, str]


# ------------------------------------------------------------------------ the tools


def run_tool(advice: str, *arguments: str) -> None:
    """Run a Python tool of this environment from the root; fail with what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"{advice}:\n{done.stdout}{done.stderr}", pytrace=False)


def test_the_floors_hold() -> None:
    program = "from importlinter.cli import lint_imports_command as run; run()"
    advice = "Move the code to its floor, or place a new module in [tool.importlinter]"
    run_tool(advice, "-c", program, "--no-logo")


def test_ruff_has_nothing_to_say() -> None:
    run_tool("Mend these", "-m", "ruff", "check", "--output-format=concise", ".")


def test_the_code_is_formatted() -> None:
    run_tool("Run: make format", "-m", "ruff", "format", "--check", "--output-format=concise", ".")


def test_the_types_are_right() -> None:
    run_tool("Mend these", "-m", "mypy")


# ------------------------------------------------------------------------- the sizes


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(source(path), filename=str(path))


def modules(folder: Path = PACKAGE) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def report(paths: list[Path], look: Callable[[Path], Iterator[Finding]], advice: str) -> None:
    """Fail, naming every finding of `look` as path:line, when there is one."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {what}" for path in paths for line, what in look(path)
    ]
    if found:
        pytest.fail(f"{advice}\n" + "\n".join(found), pytrace=False)


def test_files_are_short() -> None:
    def look(path: Path) -> Iterator[Finding]:
        lines = len(source(path).splitlines())
        if lines > FILE_LINES:
            yield 1, f"{lines} lines"

    report(modules(), look, f"Split each file of more than {FILE_LINES} lines:")


def test_functions_are_short() -> None:
    def look(path: Path) -> Iterator[Finding]:
        for node in ast.walk(tree(path)):
            if isinstance(node, FUNCTIONS):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield node.lineno, f"{node.name} has {lines} lines"

    report(modules(), look, f"Split each function of more than {FUNCTION_LINES} lines:")


def test_classes_are_small() -> None:
    def look(path: Path) -> Iterator[Finding]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                methods = {part.name for part in node.body if isinstance(part, FUNCTIONS)}
                if len(methods) > CLASS_METHODS:
                    yield node.lineno, f"{node.name} has {len(methods)} methods"

    report(modules(), look, f"Split each class of more than {CLASS_METHODS} methods:")


# ------------------------------------------------------------------- what must not be


def is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {name.id for name in caught if isinstance(name, ast.Name)}
    return handler.type is None or bool(names & {"Exception", "BaseException"})


def test_exceptions_are_caught_by_name() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    ]
    if len(found) > BROAD_EXCEPTS:
        pytest.fail(
            f"Everything is caught in {len(found)} places, {BROAD_EXCEPTS} may; catch what you "
            "expect by name and let a bug reach the exception hook:\n" + "\n".join(found),
            pytrace=False,
        )


def test_no_lambda_is_connected() -> None:
    def look(path: Path) -> Iterator[Finding]:
        for call in ast.walk(tree(path)):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            values = [*call.args, *(keyword.value for keyword in call.keywords)]
            if call.func.attr == "connect" and any(
                isinstance(node, ast.Lambda) for value in values for node in ast.walk(value)
            ):
                yield call.lineno, "a lambda inside .connect(…)"

    report(modules(), look, "Connect bound methods with @Slot; lambdas as slots lose their owner:")


COLOUR_IN_TEXT = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl)a?\(\s*\d", re.IGNORECASE)
COLOUR_IN_NUMBERS = re.compile(r"\bQColor(?:\.fromRgba?)?\(\s*(?:\d|0x)")


def is_theme(path: Path) -> bool:
    return path.relative_to(PACKAGE / "ui").parts[0] in ("theme.py", "theme")


def test_colours_come_from_the_theme() -> None:
    def look(path: Path) -> Iterator[Finding]:
        for number, line in enumerate(source(path).splitlines(), start=1):
            for pattern in (COLOUR_IN_TEXT, COLOUR_IN_NUMBERS):
                if found := pattern.search(line):
                    yield number, f"the colour {found[0]}"

    paths = [path for path in modules(PACKAGE / "ui") if not is_theme(path)]
    report(paths, look, "Name each colour in annotator/ui/theme and use it from there:")


@cache
def repository_files() -> list[Path]:
    """Every file that is, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # an unpacked archive: all but hidden folders, caches and builds
        left_out = re.compile(r"\.(?!ci\b)|__pycache__$|build$|dist$")
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(left_out.match(part) for part in path.relative_to(ROOT).parts[:-1])
        ]
    return sorted(path for path in paths if path.is_file())


@cache
def repository_texts() -> dict[Path, str]:
    """The files of the repository that hold text, and their text."""
    texts = {}
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content:
            texts[path] = content.decode("utf-8", errors="replace")
    return texts


def report_pattern(pattern: re.Pattern[str], suffixes: set[str] | None, advice: str) -> None:
    def look(path: Path) -> Iterator[Finding]:
        for number, line in enumerate(repository_texts()[path].splitlines(), start=1):
            if found := pattern.search(line):
                yield number, found[0]

    paths = [path for path in repository_texts() if suffixes is None or path.suffix in suffixes]
    report(paths, look, advice)


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(rf"\b(?:{'|'.join(MARKS_OF_UNFINISHED_WORK)})\b")
    kinds = {".py", ".sh", ".toml", ".md", ".qss", ".json", ""}
    report_pattern(marks, kinds, "Do it, or file it where work is planned, and delete the mark:")


def test_no_registry_is_named() -> None:
    hosts = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)), re.IGNORECASE)
    report_pattern(hosts, None, "Leave the registry to the user's own settings; remove its name:")


# ------------------------------------------------- texts that are not ours to pass on

QUOTED = 48  # letters and digits, about 60 characters of running text
WHOLE_LINE = 24  # a shorter line could be anybody's


def letters(text: str) -> str:
    """Return only the letters and digits of `text`, so that no layout or escape hides a quote."""
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    plain = re.sub(r"\\[nrt]", " ", plain)
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", plain).casefold()))


def shared_articles() -> list[Path]:
    shared = Path(os.environ.get("STANCE_SHARED", ROOT.parent / "shared"))
    return sorted((shared / "seeds").glob("*.txt"))


def find_quotes(text: str, originals: str, lines: set[str]) -> Iterator[str]:
    """Yield what `text` (letters only) has in common with `originals`: QUOTED letters, or a line.

    Any run of QUOTED letters in `text` holds a whole block that begins at a multiple of
    QUOTED / 2; only blocks that occur in the originals are looked at more closely.
    """
    step = QUOTED // 2
    blocks = (text[at : at + step] for at in range(0, len(text) - step + 1, step))
    for number, block in enumerate(blocks):
        if block not in originals:
            continue
        at = number * step
        for start in range(max(0, at - step), at + 1):
            window = text[start : start + QUOTED]
            if len(window) == QUOTED and window in originals:
                yield window
                break
    yield from (line for line in sorted(lines) if line in text)


def test_quotes_are_found_wherever_they_begin() -> None:
    original = "".join(f"{number:03d}" for number in range(100))
    for shift in range(QUOTED + 1):
        text = "x" * shift + original[30 : 30 + QUOTED] + "y" * 7
        assert list(find_quotes(text, original, set()))
        assert not list(find_quotes(text.replace(original[60:63], "zzz"), original, set()))


def test_no_shared_article_is_quoted() -> None:
    articles = shared_articles()
    if not articles:
        pytest.skip("the shared articles are not here; STANCE_SHARED may name their parent folder")
    contents = [path.read_text(encoding="utf-8") for path in articles]
    originals = "\n".join(map(letters, contents))
    lines = {letters(line) for content in contents for line in content.splitlines()}
    lines = {line for line in lines if len(line) >= WHOLE_LINE}
    found = [
        f"{path.relative_to(ROOT)}: …{quote}…"
        for path, text in repository_texts().items()
        for quote in list(find_quotes(letters(text), originals, lines))[:3]
    ]
    if found:
        pytest.fail(
            "These texts are not ours to pass on; write an example of our own instead "
            "(shown as letters and digits only):\n" + "\n".join(found),
            pytrace=False,
        )
