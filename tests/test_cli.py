"""The command line, in this process; tests/test_cli_process.py runs it as a user does."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator import __version__, cli
from annotator.services import sample

COMMANDS = [
    *("open", "demo", "new", "import", "import-labels", "export", "merge", "adjudicate", "info"),
    *("check", "agreement", "formats", "rehydrate", "validate"),
]


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command in an empty folder; an error must be one sentence of the program."""
    monkeypatch.chdir(tmp_path)

    def run_one(*arguments: str | Path) -> Answer:
        with pytest.raises(SystemExit) as caught:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert err == "" or (err.startswith("stance-annotator: ") and err.count("\n") == 1), err
        return Answer(int(caught.value.code or 0), out, err)

    return run_one


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A closed project that holds the sample."""
    sample.make_sample(tmp_path / "made.stance").close()
    return tmp_path / "made.stance"


def test_a_whole_job(run, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "été.txt").write_bytes("La trêve, dit-on, a été signée.".encode("cp1252"))
    (tmp_path / "texts" / "empty.txt").write_bytes(b"")
    assert run("new", "p") == Answer(0, "made p.stance with codebook 1.0.0\n", "")
    done = run("import", "p.stance", "texts")
    assert done.code == 0
    assert done.out.splitlines() == [
        "added: été",
        "refused: texts/empty.txt: it is empty; put the article's text into it",
        "1 added, 0 duplicates, 1 refused",
    ]
    assert "the same text as article “été”" in run("import", "p.stance", "texts/été.txt").out
    assert run("export", "p.stance", "--to", "out").out == (
        "0 statements in 0 articles: out\nleft out: 1 articles that nobody chosen has marked done\n"
    )
    assert run("check", "p.stance") == Answer(0, "p.stance is sound\n", "")


def test_labels_go_out_and_come_in(run, made: Path) -> None:
    done = run("export", made, "--to", "out", "--annotator", "noor").out.splitlines()
    assert done == [
        "33 statements in 5 articles: out",
        "left out: 45 statements of other annotators",
        "left out: 1 articles that nobody chosen has marked done",
        "left out: 8 statements in articles that their annotator has not marked done",
    ]
    whole = run("export", made, "--to", "out", "--annotator", "noor", "--status", "any").out
    assert whole.startswith("41 statements in 6 articles: out\n")
    run("new", "p")
    again = run(
        *("import-labels", "p.stance", "out/statements.jsonl"),
        *("--annotator", "Cy", "--articles", "out/articles.jsonl"),
    )
    assert again == Answer(0, "6 articles added\n41 added, 0 already there, 0 refused\n", "")
    there = run("import-labels", "p.stance", "out", "--annotator", "Cy")
    assert there.out == "0 added, 41 already there, 0 refused\n"
    refused = run("import-labels", "p.stance", "out/articles.jsonl", "--annotator", "Cy")
    assert refused.code == 2
    assert refused.out.startswith("refused: line 1: ")


def test_labels_of_an_unknown_codebook_come_in_and_are_named_once(run, made: Path) -> None:
    run("export", made, "--to", "out", "--annotator", "noor", "--status", "any")
    lines = Path("out/statements.jsonl").read_text().replace('"1.0.0"', '"0.9"')
    Path("old.jsonl").write_text(lines)
    answer = run("import-labels", made, "old.jsonl", "--annotator", "Cy")
    assert answer.out.splitlines() == [
        "note: 41 of the statements added name a codebook that this project does not have (“0.9”);"
        " their choices are all in its own, so they were taken.",
        "41 added, 0 already there, 0 refused",
    ]


def test_a_dataset_is_divided_and_all_of_it_is_said(run, made: Path) -> None:
    asked = ("--negatives", "--offsets", "utf16,byte", "--since", "2026-01-01", "--seed", "7")
    done = run(
        "export", made, "--to", "out", "--split", "60/20/20", "--group-by", "article", *asked
    )
    out = done.out.splitlines()
    assert out[0] == "78 statements in 6 articles: out"
    assert out[1].endswith(" sentences without a statement")
    assert [line.split(":")[0] for line in out[2:5]] == ["train", "validation", "test"]
    assert out[-1] == (
        "left out: 8 statements in articles that their annotator has not marked done"
    )
    found = json.loads(Path("out/dataset.json").read_bytes())
    assert (found["splits"]["by"], found["splits"]["seed"]) == ("article", 7)
    assert found["choice"]["made"] == {"since": "2026-01-01", "until": None}
    line = json.loads(Path("out/test.jsonl").read_text("utf-8").splitlines()[0])
    assert list(line["offsets"]) == ["utf16", "byte"]
    folds = run("export", made, "--to", "out", "--folds", "3", "--target", "ceasefire").out
    assert [name for name in ("fold1: ", "fold2: ", "fold3: ") if name in folds] == [
        *("fold1: ", "fold2: ", "fold3: "),
    ]
    assert "statements about other targets" in folds


def test_formats_say_what_they_carry(run) -> None:
    words = run("formats").out
    assert words.startswith("jsonl: JSON Lines\n  carries  Everything")
    listed = json.loads(run("formats", "--json").out)
    assert listed[0]["name"] == "jsonl"
    assert all(form["carries"] and form["lacks"] for form in listed)


def test_an_export_for_somebody_unknown_where_nobody_annotates(run) -> None:
    run("new", "p")
    answer = run("export", "p.stance", "--to", "out", "--annotator", "Nobody")
    assert "This project has no annotator “Nobody”; nobody has annotated it yet." in answer.err


def test_info_counts(run, made: Path) -> None:
    found = json.loads(run("info", made, "--json").out)
    assert (found["articles"], found["statements"]) == (6, 86)
    assert found["by_annotator"] == {"Camille": 45, "Noor": 41}
    assert found["by_status"]["Noor"]["in_progress"] == 1
    words = run("info", made).out
    assert "     86 statements" in words
    assert "     45 Camille" in words
    assert "        Noor: 1 in progress, 5 done" in words


def test_a_copy_is_merged(run, made: Path) -> None:
    copy = made.with_name("copy.stance")
    shutil.copyfile(made, copy)
    nothing = "nothing to take over\nnothing was changed\n"
    assert run("merge", made, copy).out.endswith(nothing)
    run("new", "p")
    shown = run("merge", "p.stance", made, "--dry-run").out
    assert "article missing here: 05_truce-plan (16 statements)" in shown
    assert shown.endswith("--add-articles\nnothing was changed\n")
    assert run("merge", "p.stance", made).out.endswith("--add-articles\nnothing was changed\n")
    done = run("merge", "p.stance", made, "--add-articles")
    assert done.out.endswith("merged; undo takes all of it back\n")
    assert json.loads(run("info", "p.stance", "--json").out)["statements"] == 86
    assert run("merge", "p.stance", made, "--add-articles").out.endswith(nothing)
    assert run("check", "p.stance").code == 0


def test_what_is_decided_is_counted_and_exported(run, made: Path) -> None:
    from annotator.services import adjudicating
    from annotator.services import project as projects

    project = projects.open_project(made)
    first = project.store.row("article", 1)["id"]
    for case in adjudicating.cases(project, first):
        adjudicating.take(project, case.statements[0].id, case)
    project.close()
    found = json.loads(run("adjudicate", made, "--status", "--json").out)
    assert (found["gold"], found["cases"], found["decided"], found["left"]) == (1, 47, 9, 38)
    assert found["articles"][0] == {
        "name": "01_sommet-de-sarlonne",
        "gold": True,
        "annotators": 2,
        "cases": 9,
        "decided": 9,
        "left": 0,
        "stale": 0,
        "discuss": 0,
        "incomplete": 0,
    }
    words = run("adjudicate", made).out
    assert "   9 of 9    01_sommet-de-sarlonne: gold\n" in words
    assert words.endswith("9 of 47 cases decided, 38 left, 0 changed since\n")
    assert run("export", made, "--to", "gold", "--gold", "--status", "any").out == (
        "9 statements in 6 articles: gold\n"
        "0 decided to be no statement; 1 articles are gold, 38 cases undecided, 0 changed since\n"
    )
    assert json.loads(run("info", made, "--json").out)["statements"] == 86


def test_agreement_in_every_form(run, made: Path) -> None:
    words = run("agreement", made).out
    assert words.startswith("Agreement of Camille and Noor in Sample\n5 articles; ")
    numbers = run("agreement", made, "--json", "--seed", "7").out
    assert numbers == run("agreement", made, "--json", "--seed", "7").out
    found = json.loads(numbers)
    assert (found["seed"], found["articles"], len(found["measures"])) == (7, 5, 24)
    rows = run("agreement", made, "--csv").out.splitlines()
    assert rows[0] == "scope,key,name,target,value,low,high,n,undefined"
    value = found["measures"][0]["value"]
    assert rows[1] == f"all,,found_f1_exact,,{value!r},,,75,"
    assert run("agreement", made, "--html", "r.html").out == "report on 5 articles: r.html\n"
    assert Path("r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in Path().iterdir() if "html" in path.name] == ["r.html"]


def test_agreement_of_some_articles(run, made: Path) -> None:
    some = "04_velano-garde-ses-soldats, 01_SOMMET-de-sarlonne"
    asked = ("agreement", made, "--annotators", "noor,Camille", "--articles", some, "--json")
    found = json.loads(run(*asked).out)
    assert found["annotators"] == ["Camille", "Noor"]
    named = ["01_sommet-de-sarlonne", "04_velano-garde-ses-soldats"]
    assert [one["article"] for one in found["by_article"]] == named
    run("new", "p")
    answer = run("agreement", "p.stance")
    assert (answer.code, "there is nobody" in answer.err) == (2, True)


def test_check_says_what_is_wrong_with_exit_code_1(run, made: Path) -> None:
    with closing(sqlite3.connect(made)) as connection, connection:
        connection.execute("UPDATE statement SET \"end\" = 9999, pieces = '[[0,9999]]' WHERE id=1")
    found = run("check", made)
    assert found.code == 1
    assert "beyond" in found.out and "01_sommet-de-sarlonne" in found.out
    with made.open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff" * 20_000)
    assert run("check", made).code == 1
    assert run("info", made).code == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_shows_an_example(run, command: str) -> None:
    answer = run(command, "--help")
    assert answer.code == 0
    assert f"stance-annotator {command} " in answer.out.split("Example:")[1]


def test_version_and_help(run) -> None:
    assert run("--version").out == f"stance-annotator {__version__}\n"
    for command in COMMANDS:
        assert command in run("-h").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("new", "Missing argument 'PROJECT'; see: stance-annotator new --help"),
        ("new made.stance", "exists already"),
        ("new no/such/p", "There is no folder"),
        ("new p --codebook none.json", "cannot be read"),
        ("new p --codebook made.stance", "is not right"),
        ("import made.stance", "Missing argument"),
        ("import made.stance none.txt", "No article came in"),
        ("import none.stance made.stance", "There is no project"),
        ("import-labels made.stance none.jsonl --annotator A", "There are no labels"),
        ("import-labels made.stance text.txt", "Missing option '--annotator'"),
        ("import-labels made.stance text.txt --annotator A", "No label came in"),
        (f"import-labels made.stance text.txt --annotator {'A' * 3000}", "may have 100 characters"),
        ("export made.stance", "Missing option '--to'"),
        ("export made.stance --to made.stance", "is a file"),
        ("export made.stance --to .", "holds other things"),
        ("export made.stance --to out --split 80-20", "“80-20” is no division"),
        ("export made.stance --to out --split 80/20 --folds 3", "exclude each other"),
        ("export made.stance --to out --seed 3", "belong to a division; add --split 80/10/10"),
        ("export made.stance --to out --offsets char", "“char” is no unit of offsets"),
        ("export made.stance --to out --since 1.1.2025", "“1.1.2025” is no day"),
        ("export made.stance --to out --format xml", "There is no format “xml”"),
        ("export made.stance --to out --option width", "“width” is no option of a format"),
        ("export made.stance --to out --target peace", "no target “peace”"),
        ("export made.stance --to out --annotator Zoe", "no annotator “Zoe”; its annotators are "),
        ("merge made.stance", "Missing argument 'OTHER.stance'"),
        ("merge made.stance text.txt", "not a project"),
        ("merge made.stance none.stance", "There is no project"),
        ("merge made.stance made.stance", "this very project"),
        ("adjudicate made.stance --annotator Zoe", "has no annotator “Zoe”"),
        ("adjudicate text.txt", "not a project"),
        ("agreement", "Missing argument 'PROJECT'"),
        ("agreement text.txt", "not a project"),
        ("agreement made.stance --annotators Zoe", "there is “Camille”, “Noor”"),
        ("agreement made.stance --annotators Camille,Zoe", "Nobody called “Zoe”"),
        ("agreement made.stance --annotators noor", "needs two annotators; there is “Camille”"),
        ("agreement made.stance --articles 07", "No article is called “07”; there is “01_sommet"),
        ("agreement made.stance --articles 05_truce-plan", "No article was marked done"),
        ("agreement made.stance --seed one", "Invalid value for '--seed'"),
        ("agreement made.stance --json --html x.html", "Give either --json or --html"),
        ("agreement made.stance --html .", "is a folder"),
        ("agreement made.stance --html none/x.html", "There is no folder"),
        ("info text.txt", "not a project"),
        ("info .", "is a folder"),
        ("check none.stance", "There is no project"),
        ("check text.txt", "not a project"),
        ("none.stance", "There is no project"),
        ("text.txt", "not a project"),
        ("frobnicate", "neither a command “frobnicate” nor a file or folder of that name"),
        ("exprot made.stance --to out", "the closest command is “export”; see: stance-annotator"),
        ("open --wide", "No such option"),
        ("--wide", "No such option"),
        ("made.stance other", "unexpected extra argument"),
    ],
)
def test_an_error_is_one_sentence_and_exit_code_2(
    run, made: Path, tmp_path: Path, arguments: str, words: str
) -> None:
    (tmp_path / "text.txt").write_text("Some words.")
    answer = run(*arguments.split())
    assert answer.code == 2
    assert words in answer.err


def test_without_a_display_the_window_says_what_helps(
    run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    for arguments in ((), (made,), (made.parent,), ("--sample",)):
        answer = run(*arguments)
        assert answer.code == 2
        assert "stance-annotator demo --to demo" in answer.err


def test_a_folder_with_several_projects_asks_which(run, made: Path) -> None:
    sample.make_sample(made.with_name("second.stance")).close()
    answer = run(made.parent)
    assert answer.code == 2
    assert "made.stance, second.stance" in answer.err


def test_a_project_in_use_can_be_read_but_not_written(run, made: Path) -> None:
    from annotator.services import project as projects

    project = projects.open_project(made)
    (made.parent / "new.txt").write_text("Some new words.")
    assert run("info", made).code == 0
    assert run("export", made, "--to", "out").code == 0
    answer = run("import", made, "new.txt")
    project.close()
    assert answer.code == 2
    assert "open in another window; here it can only be read. Close it there and" in answer.err
    assert run("import", made, "new.txt").code == 0
