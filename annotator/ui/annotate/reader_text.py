"""Setting an article in a QTextDocument: typeface, leading, headline, nothing changed in it."""

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from annotator.domain.records import Article
from annotator.domain.spans import Span
from annotator.ui import theme

_LINE = 1.2  # height of one line of a serif, in ems; times the leading
_HEADLINE_LEADING = 0.88  # of that of the text: large words need less
_PARAGRAPH = 0.6  # space after a paragraph, in ems
_LONGEST_HEADLINE = 160  # code points; a longer title is bold at the size of the text
_KNOWN_BY = 60  # a line that begins with so much of the title is the title
_LOOK_AT = 5_000  # code points in which the title is looked for


def title_line(article: Article) -> Span | None:
    """Return the first line that is the title of `article` or begins like it."""
    known = article.title.strip()[:_KNOWN_BY].rstrip("…").rstrip()
    if not known:
        return None
    start = 0
    for line in article.text[:_LOOK_AT].split("\n"):
        found = line.strip() == article.title.strip()
        if found or (len(known) > _KNOWN_BY // 3 and line.lstrip().startswith(known)):
            end = article.text.find("\n", start)
            return Span(start, len(article.text) if end < 0 else end)
        start += len(line) + 1
    return None


def is_headline(title: Span | None) -> bool:
    """Tell whether the title is short enough to be set large."""
    return title is not None and len(title) <= _LONGEST_HEADLINE


def pitch(em: float, *, headline: bool = False) -> float:
    """Return the distance of two lines for letters of `em` pixels."""
    return round(em * theme.READING_LEADING * _LINE * (_HEADLINE_LEADING if headline else 1.0))


def fill(document: QTextDocument, text: str, title: tuple[int, int] | None, em: float) -> None:
    """Set `text` in `document`, the line from `title` to its end (UTF-16) as the headline.

    One edit block that begins with `clear`: Qt then lays out only what shows. Formats given
    before the text are inherited by every paragraph and cost nothing.
    """
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    document.clear()
    cursor.setBlockFormat(_block(em, em))
    cursor.insertText(text)
    if title is not None:
        large = title[1] - title[0] <= _LONGEST_HEADLINE
        size = em * theme.HEADLINE / theme.READING if large else em
        cursor.setPosition(title[0])
        cursor.setPosition(title[1], QTextCursor.MoveMode.KeepAnchor)
        bold = QTextCharFormat()
        bold.setFont(theme.serif(size, strong=True))
        cursor.mergeCharFormat(bold)
        cursor.setBlockFormat(_block(size, em, headline=large))
    cursor.endEditBlock()


def _block(em: float, body: float, *, headline: bool = False) -> QTextBlockFormat:
    block = QTextBlockFormat()
    fixed = QTextBlockFormat.LineHeightTypes.FixedHeight
    # Fixed, so that an emoji or a borrowed letter does not push its line down.
    block.setLineHeight(pitch(em, headline=headline), fixed.value)
    block.setBottomMargin(round(_PARAGRAPH * body))
    return block
