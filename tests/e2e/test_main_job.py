"""The main job on the five real articles: in, labelled by keys and by mouse, killed, out."""

import json
import re

import pytest

from annotator.domain.spans import Span
from annotator.services import annotating, speakers
from annotator.services import project as projects
from tests.services.ordering import finish

_SUBJECT = re.compile(r"cessez-le-feu|troupes|déploy|contingents|force de réassurance")
_NAME = re.compile(r"Poutine|Macron|Healey|Zelensky|Peskov|Rutte|Merz|Trump|Moscou|Kremlin|Kiev")


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text that speak of the subject."""
    found = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n.]{30,}", text)]
    return [span for span in found if _SUBJECT.search(span.of(text))]


def name_in(span: Span, text: str) -> Span | None:
    match = _NAME.search(text, span.start, span.end)
    return Span(match.start(), match.end()) if match else None


@pytest.fixture
def real(hand, shared, qtbot):
    """Return a hand in a project that holds the five real articles."""
    window = hand.window
    window.chooser.take_paths([shared / "seeds"])
    hand.wait(lambda: not window.files.busy, "The import")
    assert [r.name[:3] for r in projects.articles(hand.window.project)] == [
        "000",
        "001",
        "002",
        "003",
        "004",
    ]
    return hand


def open_article(hand, number: str) -> None:
    row = next(r for r in projects.articles(hand.window.project) if r.name.startswith(number))
    hand.page.open_article(row.id)
    hand.settle()


def finish_by_keys(hand, mention: Span | None, stance: str) -> None:
    """Complete the chosen statement with the keyboard alone."""
    if mention is not None:
        hand.select_by_keys(mention)
        hand.press("S", hand.reader)
    else:
        hand.press("S", hand.reader)
    if hand.page.sheet.statement(hand.page.sheet.chosen).speaker_id is None:
        if mention is None:
            hand.take_name("Unnamed source")
        else:
            hand.press("Return")
    for key in (stance, "W", "Space"):
        hand.press(key, hand.reader)


def label_by_keys(hand, span: Span, target: str, stance: str) -> int:
    hand.select_by_keys(span)
    hand.press(target, hand.reader)
    finish_by_keys(hand, name_in(span, hand.page.desk.text), stance)
    return hand.page.sheet.chosen


def label_by_mouse(hand, span: Span, target: str, stance: str) -> int:
    hand.select_by_mouse(span)
    hand.click(hand.offer(f"choose:target:{target}"))
    hand.click(hand.chip("stance", stance))
    mention = name_in(span, hand.page.desk.text)
    if mention is not None:
        hand.select_by_mouse(mention)
        hand.click(hand.offer("speaker"))
        if hand.page.sheet.statement(hand.page.sheet.chosen).speaker_id is None:
            hand.press("Return")
    for group, value in (("attribution", "indirect"), ("condition", "none"), ("scope", "general")):
        hand.click(hand.chip(group, value))
    return hand.page.sheet.chosen


def test_the_main_job(real, open_window, picture, tmp_path):
    hand, path = real, real.window.project.path
    made: list[int] = []
    for number in ("000", "002", "003"):
        open_article(hand, number)
        for span in sentences(hand.page.desk.text)[:4]:
            made.append(label_by_keys(hand, span, "2", "A"))
        picture(hand, f"by-keys-{number}")
    assert len(made) >= 10
    for number in ("001", "004"):
        open_article(hand, number)
        for span in sentences(hand.page.desk.text)[:6]:
            made.append(label_by_mouse(hand, span, "ceasefire", "favor"))
        picture(hand, f"by-mouse-{number}")
    assert len(made) >= 20 and len(set(made)) == len(made)

    overlapping, pieces, chained = add_the_difficult_ones(hand)
    picture(hand, "overlapping")

    project = hand.window.project
    before = {i: annotating.statement(project, i) for i in (*made, overlapping, pieces, chained)}
    hand.window.close()
    again = open_window(path)
    after = {i: annotating.statement(again.window.project, i) for i in before}
    assert after == before
    for row in projects.articles(again.window.project):
        finish(again.window.project, row.id)  # only what is done is exported
    check_export(again, tmp_path / "out", before)


def add_the_difficult_ones(hand) -> tuple[int, int, int]:
    """Add a nested statement, one in two pieces, and one with a source chain."""
    page = hand.page
    first = page.sheet.statements[0]
    inner = Span(first.start + 6, first.end - 6)
    hand.select_by_keys(inner)
    hand.press("1", hand.reader)
    overlapping = page.sheet.chosen
    finish_by_keys(hand, None, "N")
    inner = page.sheet.statement(overlapping).hull
    assert first.start <= inner.start < inner.end <= first.end

    one, two = sentences(page.desk.text)[-2:]
    hand.select_by_mouse(Span(one.start, one.start + 25))
    hand.press("Return", hand.reader)
    pieces = page.sheet.chosen
    hand.select_by_mouse(Span(two.start, two.start + 25))
    hand.press("P", hand.reader)
    hand.press("2", hand.reader)
    finish_by_keys(hand, None, "U")
    assert len(page.sheet.statement(pieces).pieces) == 2

    hand.press("B", hand.reader)
    chained = page.sheet.chosen
    assert chained != pieces
    hand.press("V", hand.reader)
    hand.take_name("A spokesperson")
    finish_by_keys(hand, None, "U")
    chain = page.sheet.statement(chained).source_chain
    names = {s.id: s.name for s in speakers.all_speakers(hand.window.project)}
    assert [names[link.speaker_id] for link in chain] == ["A spokesperson"]
    return overlapping, pieces, chained


def check_export(hand, goal, expected) -> None:
    window = hand.window
    window.run("export")
    export = window.side.export_window
    export.set_folder(str(goal))
    hand.wait(lambda: export.planned is not None, "The preview")
    hand.click(export.foot.export)
    hand.wait(lambda: not export.writing and goal.is_dir(), "The export")
    export.close()
    texts = {}
    for line in (goal / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        texts[article["uid"]] = article["text"]
    records = [
        json.loads(line)
        for line in (goal / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert {r["id"] for r in records} == {s.uid for s in expected.values()}
    for record in records:
        text = texts[record["article"]]
        assert record["text"] == " … ".join(text[a:b] for a, b in record["pieces"])
        assert text[record["start"] : record["end"]].startswith(record["text"][:10])
        if record["mention"]:
            mention = record["mention"]
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_done_refuses_while_something_is_missing(real, picture):
    hand = real
    open_article(hand, "003")
    span = sentences(hand.page.desk.text)[0]
    hand.select_by_keys(span)
    hand.press("2", hand.reader)
    marked = hand.page.sheet.chosen
    hand.press("Escape", hand.reader)
    hand.press("Ctrl+Return", hand.reader)
    assert hand.page.sheet.chosen == marked
    assert "needs" in hand.window.notice.words.text()
    assert annotating.work(hand.window.project, hand.page.desk.article_id).status == "in_progress"
    picture(hand, "not-done-yet")
    finish_by_keys(hand, name_in(span, hand.page.desk.text), "A")
    article_id = hand.page.desk.article_id
    hand.press("Ctrl+Return", hand.reader)
    assert annotating.work(hand.window.project, article_id).status == "done"
    assert hand.page.desk.article_id != article_id


def test_excluding_and_including_a_region(real):
    hand = real
    open_article(hand, "004")
    debris = Span(0, 2)
    hand.select_by_keys(debris)
    hand.press("Shift+E", hand.reader)
    assert hand.page.sheet.excluded == [debris]
    hand.select_by_keys(debris)
    hand.press("Shift+E", hand.reader)
    assert hand.page.sheet.excluded == []


def test_everything_is_undone_and_done_again_after_closing(real, open_window):
    hand, path = real, real.window.project.path
    open_article(hand, "001")
    text = hand.page.desk.text
    for span in sentences(text)[:3]:
        label_by_keys(hand, span, "1", "F")
    made = list(hand.page.sheet.statements)
    hand.window.close()
    again = open_window(path)
    open_article(again, "001")
    assert again.page.sheet.statements == made
    steps = 0
    while projects.undo_label(again.window.project) != "Import articles":
        again.press("Ctrl+Z", again.reader)
        steps += 1
        assert steps <= 30
    assert again.page.sheet.statements == []
    again.window.close()
    third = open_window(path)
    for _ in range(steps):
        third.press("Ctrl+Shift+Z", third.reader)
    assert projects.redo_label(third.window.project) is None
    open_article(third, "001")
    assert third.page.sheet.statements == made
