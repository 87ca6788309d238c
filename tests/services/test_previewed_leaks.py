"""What of one split stands in another, before anything is written."""

import pytest

from annotator.domain.splits.rows import Row
from annotator.services import previewed_leaks
from annotator.services.progress import CancelledError

ROWS = [
    Row("a", "one", 0, 40, "un cessez-le-feu de dix jours dans le nord"),
    Row("b", "two", 0, 40, "un cessez-le-feu de dix jours dans le sud"),
    Row("c", "three", 0, 20, "des troupes en mars"),
    Row("d", "three", 15, 40, "mars prochain, dit-on"),
]


def test_near_identical_and_overlapping_rows_of_two_splits_are_found() -> None:
    splits = {"a": "train", "b": "test", "c": "train", "d": "test"}
    found = previewed_leaks.found(ROWS, splits, ("train", "test"))
    assert (found.near_identical, found.overlapping) == (1, 1)
    closest = found.closest[0]
    assert (closest.train_key, closest.test_key) == ("a", "b")
    assert closest.similarity >= found.threshold
    assert closest.train == ROWS[0].text


def test_nothing_leaks_within_a_split() -> None:
    splits = {"a": "train", "b": "train", "c": "test", "d": "test"}
    found = previewed_leaks.found(ROWS, splits, ("train", "validation", "test"))
    assert (found.near_identical, found.overlapping) == (0, 0)


def test_every_fold_is_compared_with_every_other() -> None:
    splits = {"a": "fold3", "b": "fold2", "c": "fold1", "d": "fold1"}
    found = previewed_leaks.found(ROWS, splits, ("fold1", "fold2", "fold3"))
    assert found.near_identical == 1


def test_of_very_many_rows_only_what_leaks_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewed_leaks, "_MOST", 2)
    splits = {"a": "train", "b": "test", "c": "train", "d": "test"}
    found = previewed_leaks.found(ROWS, splits, ("train", "test"))
    assert found.near_identical == 1
    assert found.closest == []


def test_it_can_be_cancelled() -> None:
    splits = {"a": "train", "b": "test", "c": "train", "d": "test"}
    with pytest.raises(CancelledError):
        previewed_leaks.found(ROWS, splits, ("train", "test"), lambda: True)
