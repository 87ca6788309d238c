"""The way of the Tab key: as things are seen, not as they were made."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def chain(widgets: Iterable[QWidget]) -> None:
    """Let the Tab key go through those of `widgets` that take the focus, in this order."""
    # Qt passes over the others without a word, and would leave the next one where it was.
    stops = [widget for widget in widgets if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def laid_out(widget: QWidget) -> Iterator[QWidget]:
    """Yield what lies in the layouts of `widget`, in their order; itself when it has none.

    Hidden ones too: they keep their place for when they are shown.
    """
    layout = widget.layout()
    if layout is None:
        yield widget
    else:
        yield from _in(layout)


def _in(layout: QLayout) -> Iterator[QWidget]:
    for i in range(layout.count()):
        item = layout.itemAt(i)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if inner is not None:
            yield from _in(inner)
        elif widget is not None:
            yield from laid_out(widget)
