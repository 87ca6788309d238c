"""Find in article, in the real window."""

from annotator import places
from annotator.services import annotating


def test_what_was_found_can_be_marked(hand) -> None:
    window = hand.window
    window.files.import_articles([places.shipped("seeds") / "01_sommet-de-sarlonne.txt"])
    hand.wait(lambda: not window.files.busy, "The import")
    hand.press("Ctrl+F", hand.reader)
    hand.type("contingents")
    hand.press("Escape")
    hand.press("2", hand.reader)
    (made,) = annotating.statements(window.project, hand.page.desk.article_id)
    assert made.hull.of(hand.page.desk.text) == "contingents"
    assert made.target == "troop_deployment"
