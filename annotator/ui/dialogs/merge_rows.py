"""What a merge would do, as a list: what comes in, what changed on which side, what stays out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from annotator.services.merge_plan import Difference, MissingArticle, Plan
from annotator.ui import theme
from annotator.ui.annotate.article_model import counted

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["heading", "fact", "statement"]

_CUT = 60  # code points; a plan holds no more of a statement's words
ROW_HEIGHT = 24  # of a fact
_HEIGHTS: dict[Kind, int] = {"heading": 34, "fact": ROW_HEIGHT, "statement": 46}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row: a heading, a fact, or a statement with what is different about it."""

    kind: Kind
    text: str
    detail: str = ""
    warns: bool = False


def headline(plan: Plan) -> str:
    """Return in one sentence what would come in."""
    parts = []
    added = sum(plan.added.values())
    if added:
        parts.append(counted(added, "new statement", "new statements"))
    taken = sum(d.taken for d in (*plan.changed, *plan.conflicts))
    if taken:
        parts.append(counted(taken, "changed one", "changed ones"))
    if plan.deleted:
        parts.append(counted(len(plan.deleted), "deletion", "deletions"))
    if plan.decisions:
        parts.append(counted(plan.decisions, "decision", "decisions"))
    if not parts and plan.statuses:
        parts.append(counted(plan.statuses, "status", "statuses"))
    if not parts:
        rest = " in the articles you share" if plan.missing else ""
        return f"Nothing to take over{rest}: all of theirs is here already."
    return f"{_listed(parts)} would come in"


def came_in(plan: Plan, *, articles: bool) -> str:
    """Return in one sentence what has come in."""
    by = [f"{counted(n, 'statement', 'statements')} by {name}" for name, n in plan.added.items()]
    taken = sum(d.taken for d in (*plan.changed, *plan.conflicts))
    if taken:
        by.append(f"{taken:,} changed")
    if plan.deleted:
        by.append(f"{len(plan.deleted):,} deleted")
    if plan.decisions:
        by.append(counted(plan.decisions, "decision", "decisions"))
    if articles and plan.missing:
        waiting = sum(article.statements for article in plan.missing)
        names = counted(len(plan.missing), "article", "articles")
        by.append(f"{names} with {counted(waiting, 'statement', 'statements')}")
    if not by and plan.statuses:
        by.append(counted(plan.statuses, "status", "statuses"))
    return f"Merged “{plan.name}”: {_listed(by) or 'nothing new'}."


def plan_rows(plan: Plan) -> list[PlanRow]:
    """Return everything a plan says, in the order of how much it asks for a look."""
    return [
        *_section("Changed on both sides", map(_difference, plan.conflicts)),
        *_section("Comes in", _facts(plan)),
        *_section("Changed on their side", map(_difference, plan.changed)),
        *_section("Deleted on their side", map(_difference, plan.deleted)),
        *_section("Not in this project", map(_missing, plan.missing)),
        *_section("Left out", (PlanRow("fact", text, warns=True) for text in plan.refused)),
        *_section("To know", (PlanRow("fact", text) for text in _notes(plan))),
    ]


def _section(title: str, rows: Iterable[PlanRow]) -> Iterator[PlanRow]:
    listed = list(rows)
    if listed:
        yield PlanRow("heading", title)
        yield from listed


def _facts(plan: Plan) -> Iterator[PlanRow]:
    for name, count in sorted(plan.added.items()):
        new = " · a new annotator" if name in plan.new_annotators else ""
        yield PlanRow("fact", f"{counted(count, 'statement', 'statements')} by {name}{new}")
    for name in plan.new_annotators:
        if name not in plan.added:
            yield PlanRow("fact", f"{name} · a new annotator, without statements here")
    if plan.statuses:
        yield PlanRow("fact", f"The status of {counted(plan.statuses, 'article', 'articles')}")
    if plan.decisions:
        yield PlanRow("fact", counted(plan.decisions, "decision", "decisions"))
    if plan.new_speakers:
        number = counted(len(plan.new_speakers), "new speaker", "new speakers")
        yield PlanRow("fact", f"{number}: {', '.join(plan.new_speakers)}")


def _notes(plan: Plan) -> Iterator[str]:
    if plan.conflicting_decisions:
        number = counted(plan.conflicting_decisions, "case was", "cases were")
        yield f"{number} decided on both sides; what was decided here stays."
    yield from plan.notes


def _difference(found: Difference) -> PlanRow:
    kept = "theirs is taken" if found.taken else "the one here stays"
    fields = ", ".join(found.fields).replace("_", " ")
    cut = "…" if len(found.words) >= _CUT else ""
    return PlanRow(
        "statement",
        found.words.rstrip() + cut,
        f"{found.annotator} · {found.article} · {fields} · {kept}",
        warns=not found.taken,
    )


def _missing(article: MissingArticle) -> PlanRow:
    number = counted(article.statements, "statement", "statements")
    return PlanRow("fact", f"{article.name} · {number}")


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


class PlanList(QListView):
    """The rows of a plan, to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Rows(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self, self._model))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setAccessibleName("What the merge would do")

    @property
    def rows(self) -> list[PlanRow]:
        """What is listed."""
        return self._model.rows

    def show_rows(self, rows: Sequence[PlanRow]) -> None:
        """List these rows."""
        self._model.show_rows(rows)
        self.scrollToTop()


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[PlanRow] = []

    def show_rows(self, rows: Sequence[PlanRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self.rows[index.row()]
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return f"{row.text}, {row.detail}" if row.detail else row.text
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: QListView, model: _Rows) -> None:
        super().__init__(view)
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _HEIGHTS[self._model.rows[index.row()].kind])

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = theme.current(), self._model.rows[index.row()]
        box = QRectF(option.rect).adjusted(0, 0, -theme.SMALL, 0)
        painter.save()
        if row.kind == "heading":
            font = theme.sans(theme.CAPTION + 1, strong=True)
            _draw(painter, box.adjusted(0, theme.SMALL, 0, 0), row.text, font, look.soft)
        elif row.kind == "fact":
            colour = look.warning if row.warns else look.ink
            _draw(painter, box, row.text, theme.sans(theme.BODY), colour)
        else:
            half = QRectF(box.left(), box.top() + 4, box.width(), (box.height() - 8) / 2)
            _draw(painter, half, row.text, theme.serif(theme.BODY), look.ink)
            colour = look.warning if row.warns else look.soft
            font = theme.sans(theme.CAPTION + 1)
            _draw(painter, half.translated(0, half.height()), row.detail, font, colour)
        painter.restore()


def _draw(painter: QPainter, box: QRectF, words: str, font: QFont, colour: str) -> None:
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(box.adjusted(0, 0, 2, 0), int(flags), shown)
