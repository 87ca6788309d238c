"""What the keys do to statements: one function for each labelling action of the table."""

from annotator.domain import text as texts
from annotator.errors import UserError
from annotator.services import annotating, speakers
from annotator.ui.annotate.desk import Desk


def knows(action_id: str) -> bool:
    """Tell whether `action_id` is an action of labelling."""
    return action_id.startswith("choose:") or action_id in _DEEDS or action_id in _EDGES


def do(desk: Desk, action_id: str) -> None:
    """Carry out the labelling action `action_id`; UserError says what it lacks."""
    with desk.acting():
        if action_id.startswith("choose:"):
            _, group, value = action_id.split(":", 2)
            _choose_key(desk, group, value)
        elif action_id in _EDGES:
            _step_edge(desk, *_EDGES[action_id])
        else:
            _DEEDS[action_id](desk)


def _mark(desk: Desk, target: str | None = None) -> None:
    _mark_selection(desk, exact=desk.exact, target=target)


def _mark_exact(desk: Desk) -> None:
    _mark_selection(desk, exact=True, target=None)


def _speaker(desk: Desk) -> None:
    statement = desk.statement()
    if desk.selection is None:
        desk.speaker_wanted.emit("")
        return
    span = desk.take_selection()
    if speakers.name_by_mention(desk.project, statement.id, span) is None:
        desk.speaker_wanted.emit(span.of(desk.text))


def _cue(desk: Desk) -> None:
    annotating.set_span(desk.project, desk.statement().id, "cue", desk.take_selection())


def _source(desk: Desk) -> None:
    statement = desk.statement()
    if desk.selection is None:
        desk.source_wanted.emit("")
        return
    span = desk.take_selection()
    known = speakers.known_as(desk.project, span.of(desk.text))
    if known is not None:
        speakers.add_source(desk.project, statement.id, known.id, span)
    else:
        desk.chain_span = span
        desk.source_wanted.emit(span.of(desk.text))


def _piece(desk: Desk) -> None:
    annotating.add_piece(desk.project, desk.statement().id, desk.take_selection())


def _remove_piece(desk: Desk) -> None:
    statement = desk.statement()
    under = next((p for p in statement.pieces if p.start <= desk.caret <= p.end), None)
    if under is None or len(statement.pieces) < 2:
        raise UserError("Put the caret into one of several pieces of the chosen statement.")
    annotating.remove_piece(desk.project, statement.id, under)


def _exclude(desk: Desk) -> None:
    article_id = desk.article_id
    span = desk.take_selection()
    if any(region.contains(span) for region in desk.sheet.excluded):
        annotating.include(desk.project, article_id, span)
    else:
        annotating.exclude(desk.project, article_id, span)


def _same_target(desk: Desk) -> None:
    desk.chosen.emit(annotating.same_words(desk.project, desk.statement().id, but="target"))


def _same_speaker(desk: Desk) -> None:
    desk.chosen.emit(annotating.same_words(desk.project, desk.statement().id, but="speaker"))


def _usual(desk: Desk) -> None:
    annotating.take_usual(desk.project, desk.statement().id)


def _speaker_type(desk: Desk) -> None:
    if desk.statement().speaker_id is None:
        raise UserError("Say who speaks first: press S.")
    desk.type_wanted.emit()


def _note(desk: Desk) -> None:
    desk.statement()
    desk.note_wanted.emit()


def _delete(desk: Desk) -> None:
    after = desk.sheet.neighbour(1, desk.caret)
    gone = desk.statement()
    annotating.delete_statement(desk.project, gone.id)
    if after is not None and after.id != gone.id:
        desk.chosen.emit(after.id)


def _mark_selection(desk: Desk, *, exact: bool, target: str | None) -> None:
    span = desk.raw_selection()
    new_id = annotating.mark(desk.project, desk.article_id, span, target=target, exact=exact)
    desk.selection_used.emit()
    desk.chosen.emit(new_id)


def _choose_key(desk: Desk, group: str, value: str) -> None:
    if group == "target" and desk.selection is not None:
        _mark(desk, value)
        return
    statement = desk.statement()
    if group == "flag":
        annotating.toggle_flag(desk.project, statement.id, value)
        return
    if group == "condition" and desk.selection is not None and value != "none":
        with desk.project.transact("Mark condition"):
            span = desk.take_selection()
            annotating.set_span(desk.project, statement.id, "condition_span", span)
            annotating.choose(desk.project, statement.id, group, value)
        return
    annotating.choose(desk.project, statement.id, group, value)


def _step_edge(desk: Desk, at_end: bool, step: int, by_word: bool) -> None:
    statement = desk.statement()
    piece = next(
        (p for p in statement.pieces if p.start <= desk.caret <= p.end), statement.pieces[-1]
    )
    if by_word:
        moved = texts.edge_by_word(piece, at_end, step, desk.text, desk.lang)
    else:
        moved = texts.edge_by_character(piece, at_end, step, desk.text)
    if moved is not None:
        annotating.reshape(desk.project, statement.id, "content", piece, moved)


_DEEDS = {
    "mark": _mark,
    "mark_exact": _mark_exact,
    "speaker": _speaker,
    "cue": _cue,
    "source": _source,
    "piece": _piece,
    "remove_piece": _remove_piece,
    "exclude": _exclude,
    "same_target": _same_target,
    "same_speaker": _same_speaker,
    "usual": _usual,
    "note": _note,
    "speaker_type": _speaker_type,
    "delete": _delete,
}

# Which edge (the end?), which way, and whether by whole words.
_EDGES = {
    "end_right": (True, 1, True),
    "end_left": (True, -1, True),
    "start_right": (False, 1, True),
    "start_left": (False, -1, True),
    "end_char_right": (True, 1, False),
    "end_char_left": (True, -1, False),
    "start_char_right": (False, 1, False),
    "start_char_left": (False, -1, False),
}
