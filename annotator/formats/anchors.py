"""Anchors: short salted hashes of the words in and around a span, to find it in another copy.

What is hashed is never fewer than `WIDTH` words, and what is kept of a hash is `DIGITS` hexadecimal
digits: enough to tell the windows of one article apart, too little to confirm a guess among the
sentences a language has (docs/decisions/13-stand-off.md).
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from annotator.domain import text as texts
from annotator.domain.spans import Span

WIDTH = 6  # words before and after; shorter content is hashed with words beside it
DIGITS = 6  # hexadecimal digits kept: 24 bits

Ends = tuple[int, int]


class Anchor(msgspec.Struct, frozen=True, gc=False):
    """Where a span stands: `before`, `content` and `after` are hashes, null for too few words.

    `words` is the number of words that the span holds or cuts; `content` covers these with `left`
    words before and `right` words after. `lead` and `tail` are the code points from the start to
    the first of them (or to the next word) and from the last of them to the end, less than 0 where
    the span cuts a word.
    """

    before: str | None
    content: str | None
    after: str | None
    words: int
    left: int
    right: int
    lead: int
    tail: int


class Words:
    """The words of one text, folded, and the hashes of their windows."""

    def __init__(self, text: str, salt: str) -> None:
        self._text = text
        self._key = salt.encode()[:64]
        spans = texts.words(text)
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]
        self._folded = [texts.fold(text[span.start : span.end]) for span in spans]
        self._windows: dict[int, Mapping[str, Sequence[int]]] = {}

    def windows(self) -> set[str]:
        """Return the hashes of all windows of `WIDTH` words."""
        return set(self._places(WIDTH))

    def anchor(self, start: int, end: int) -> Anchor:
        """Return the anchor of a span of this text."""
        first = bisect_right(self._ends, start)
        last = max(first, bisect_left(self._starts, end))
        number, every = last - first, len(self._starts)
        right = min(max(0, WIDTH - number), every - last)
        left = min(max(0, WIDTH - number - right), first)
        lead = (self._starts[first] if first < every else len(self._text)) - start
        return Anchor(
            before=self._hash(first - WIDTH, first),
            content=self._hash(first - left, last + right),
            after=self._hash(last, last + WIDTH),
            words=number,
            left=left,
            right=right,
            lead=lead,
            tail=end - (self._ends[last - 1] if number else start),
        )

    def find(self, anchor: Anchor, length: int, near: int) -> Ends | None:
        """Return where the span of an anchor of another copy stands here, the nearest to `near`.

        Its content must have the same words, and those on one side be the same too where they
        occur twice; of a short one whose words beside it changed, the words further before and
        after and its `length` in code points must be the same. None where there is no such place.
        """
        places = self._by_content(anchor)
        spans = [self._span(anchor, at) for at in places]
        if not places and anchor.left + anchor.right:
            found = [self._span(anchor, at) for at in self._by_frame(anchor)]
            spans = [(start, end) for start, end in found if end - start == length]
        fitting = [(start, end) for start, end in spans if 0 <= start < end <= len(self._text)]
        return min(fitting, key=lambda span: abs(span[0] - near), default=None)

    def _by_content(self, anchor: Anchor) -> Sequence[int]:
        """Return where the content stands: beside a window that fits, else where it is alone."""
        if anchor.content is None:
            return ()
        around = self._places(WIDTH)
        framed = {at + WIDTH for at in around.get(anchor.before or "", ())}
        framed |= {at - anchor.words for at in around.get(anchor.after or "", ())}
        found = [at for at in sorted(framed) if self._content(anchor, at) == anchor.content]
        if found:
            return found
        width = anchor.left + anchor.words + anchor.right
        alone = self._places(width).get(anchor.content, ())
        return [at + anchor.left for at in alone] if len(alone) == 1 else ()

    def _content(self, anchor: Anchor, at: int) -> str | None:
        return self._hash(at - anchor.left, at + anchor.words + anchor.right)

    def _by_frame(self, anchor: Anchor) -> Sequence[int]:
        if anchor.before is None or anchor.after is None:
            return ()
        places = [at + WIDTH for at in self._places(WIDTH).get(anchor.before, ())]
        return [at for at in places if self._followed(anchor, at)]

    def _span(self, anchor: Anchor, at: int) -> Ends:
        following = self._starts[at] if at < len(self._starts) else len(self._text)
        start = following - anchor.lead
        last = at + anchor.words
        end = (self._ends[last - 1] if anchor.words else start) + anchor.tail
        # quotation marks and the blanks beside them may be others here
        inside = texts.trimmed(Span(max(0, start), end), self._text) if end > start else None
        return (inside.start, inside.end) if inside is not None else (start, end)

    def _followed(self, anchor: Anchor, at: int) -> bool:
        last = at + anchor.words
        after = self._hash(last, last + WIDTH)
        return after is not None and after == anchor.after

    def _places(self, number: int) -> Mapping[str, Sequence[int]]:
        """Return where the windows of `number` words begin, by hash."""
        if number not in self._windows:
            found: dict[str, list[int]] = defaultdict(list)
            for at in range(len(self._folded) - number + 1):
                found[self._hash(at, at + number) or ""].append(at)
            self._windows[number] = dict(found)
        return self._windows[number]

    def _hash(self, first: int, last: int) -> str | None:
        if first < 0 or last > len(self._folded) or last - first < WIDTH:
            return None
        words = " ".join(self._folded[first:last]).encode()
        return hashlib.blake2b(words, key=self._key, person=b"stance-window").hexdigest()[:DIGITS]
