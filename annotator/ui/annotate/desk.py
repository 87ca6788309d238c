"""The desk: the open article, the chosen statement and the selection that actions work on."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from PySide6.QtCore import QObject, Signal

from annotator.domain.records import Statement
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating
from annotator.services.project import Project
from annotator.ui.annotate.sheet import Sheet

P = ParamSpec("P")


class Desk(QObject):
    """What labelling actions find and leave behind; with `gold` they are about gold statements.

    `told` is news, `refused` says what could not be done; `dismissed` wants no more of either.
    `speaker_wanted` and `source_wanted` ask the form for a name (with words to start from),
    `note_wanted` for a note, `type_wanted` for the kind of the speaker; `chosen` says which
    statement is to be chosen.
    """

    told = Signal(str)
    refused = Signal(str)
    dismissed = Signal()
    incomplete = Signal(int, str)
    chosen = Signal(int)
    speaker_wanted = Signal(str)
    source_wanted = Signal(str)
    note_wanted = Signal()
    type_wanted = Signal()
    selection_used = Signal()

    def __init__(self, parent: QObject, sheet: Sheet, *, gold: bool = False) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self._gold = gold
        self.opened: Project | None = None
        self.selection: Span | None = None
        self.exact = False
        self.caret = 0
        self.chain_span: Span | None = None

    @property
    def project(self) -> Project:
        """The open project; UserError when there is none."""
        if self.opened is None:
            raise UserError("No project is open; open one first.")
        return self.opened

    @property
    def article_id(self) -> int:
        """The id of the open article; UserError when there is none."""
        if self.sheet.article is None:
            raise UserError("No article is open; choose one in the list.")
        return self.sheet.article.id

    @property
    def text(self) -> str:
        """The text of the open article."""
        return self.sheet.article.text if self.sheet.article else ""

    @property
    def lang(self) -> str | None:
        """The language of the open article."""
        return self.sheet.article.lang if self.sheet.article else None

    def acting(self) -> AbstractContextManager[None]:
        """Let services show and edit what this desk is about."""
        return self.opened.on_layer(gold=self._gold) if self.opened else nullcontext()

    def statement(self) -> Statement:
        """Return the chosen statement; UserError when none is chosen."""
        found = self.sheet.statement(self.sheet.chosen)
        if found is None:
            raise UserError("Choose a statement first: click it, or go to it with J.")
        return found

    def raw_selection(self) -> Span:
        """Return the selection as it was made; UserError when there is none."""
        if self.selection is None:
            raise UserError("Select some words in the text first.")
        return self.selection

    def take_selection(self) -> Span:
        """Return the selection as a mark would take it, and clear it in the text."""
        raw = self.raw_selection()
        span = annotating.fit(self.project, self.article_id, raw, exact=self.exact)
        self.selection_used.emit()
        return span

    def take_chain_span(self) -> Span | None:
        """Return the words that were selected for the next source in the chain, once."""
        span, self.chain_span = self.chain_span, None
        return span


def says_errors(
    method: Callable[Concatenate[Any, P], None],
) -> Callable[Concatenate[Any, P], None]:
    """Show a UserError of `method` (of an object with a `desk`) instead of letting it out."""

    @wraps(method)
    def guarded(self: Any, *args: P.args, **kwargs: P.kwargs) -> None:
        desk: Desk = self.desk
        try:
            with desk.acting():
                method(self, *args, **kwargs)
        except annotating.IncompleteError as error:
            desk.incomplete.emit(error.statement_id, str(error))
        except UserError as error:
            desk.refused.emit(str(error))

    return cast(Callable[Concatenate[Any, P], None], guarded)
