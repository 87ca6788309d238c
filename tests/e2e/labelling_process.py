"""A process with the real window that labels until it is killed, saying what it has done."""

import json
import os
import random
import sys
from pathlib import Path

from PySide6.QtCore import QSettings

from annotator.domain.spans import Span
from annotator.services import annotating
from annotator.ui.app import make_app
from annotator.ui.hand import Hand
from annotator.ui.window import MainWindow

KEYS = ("1", "2", "F", "A", "N", "U", "Q", "W", "E", "X", "I", "H", "L", "Space", "T")


def acknowledge(hand: Hand) -> None:
    """Write the open article's statements as the window holds them, in one go."""
    article = hand.page.desk.article_id
    said = [repr(s) for s in annotating.statements(hand.page.desk.project, article)]
    os.write(1, (json.dumps(said) + "\n").encode())


def main(path: str, seed: str) -> None:
    dice = random.Random(int(seed))
    make_app(["labelling"])
    folder = Path(path).parent
    window = MainWindow(QSettings(str(folder / "killed.ini"), QSettings.Format.IniFormat))
    window.resize(1200, 800)
    window.show()
    hand = Hand(window)
    hand.take_focus()
    window.open_path(Path(path))
    acknowledge(hand)
    while True:
        text = hand.page.desk.text
        start = dice.randrange(len(text) - 30)
        hand.select_by_keys(Span(start, start + dice.randrange(4, 30)))
        hand.press("Return", hand.reader)
        acknowledge(hand)
        for _ in range(dice.randrange(1, 5)):
            hand.press(dice.choice(KEYS), hand.reader)
            acknowledge(hand)
        if dice.random() < 0.2:
            hand.press("Ctrl+Z", hand.reader)
            acknowledge(hand)


if __name__ == "__main__":
    main(*sys.argv[1:])
