"""What is written beside the record: conveniences of the screen and time spent, outside undo."""

from annotator.storage.store import Store


def set_setting(store: Store, key: str, value: str) -> None:
    """Keep a setting with the project."""
    with store.writing():
        store.db.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value))


def add_seconds(store: Store, annotator_uid: str, article_id: int, seconds: float) -> None:
    """Add to the time an annotator spent on an article."""
    with store.writing():
        store.db.execute(
            "INSERT INTO visit (annotator_uid, article_uid, seconds)"
            " SELECT ?, uid, ? FROM article WHERE id = ?"
            " ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds",
            (annotator_uid, seconds, article_id),
        )
