"""The open project: its file, its codebook, and the annotator who works in it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from annotator import places
from annotator.domain import codebook as codebooks
from annotator.domain.changes import Step
from annotator.domain.codebook import Codebook
from annotator.domain.records import Annotator, ArticleRow
from annotator.errors import UserError
from annotator.formats import decoding_faults
from annotator.storage import aside, copies, history, opening, queries, rows, schema, undo
from annotator.storage.opening import Opened

SUFFIX = ".stance"
LONGEST_NAME = 100  # characters of an annotator's


class Project:
    """An open project and the annotator who works in it.

    `changed` listeners are called with the Step of every committed action, undo and redo.
    While `adjudicates` is set, the gold statements are shown and edited instead of the annotator's
    own; who acts, and whose steps undo takes back, stays the annotator.
    """

    def __init__(self, opened: Opened) -> None:
        self.store = opened.store
        self.notice = opened.notice
        self.remedy = opened.remedy
        self._lock = opened.lock
        self.codebook: Codebook = queries.codebook(self.store)
        self.annotator: Annotator | None = _remembered_annotator(self)
        self.gold: Annotator = queries.gold(self.store)
        self.adjudicates = False
        self.store.listeners.append(self._refresh)

    @property
    def path(self) -> Path:
        """The project file."""
        return self.store.path

    @property
    def name(self) -> str:
        """The project's name."""
        return queries.project_name(self.store)

    @property
    def read_only(self) -> bool:
        """Whether the project can only be read."""
        return self.store.read_only

    @property
    def paused(self) -> bool:
        """Whether nothing may be written for the moment (`annotator.services.undoing`)."""
        return self.store.paused is not None

    @property
    def me(self) -> Annotator:
        """The current annotator; UserError when nobody has been named yet."""
        if self.annotator is None:
            raise UserError("Nobody is annotating yet; say who you are first.")
        return self.annotator

    @property
    def layer(self) -> Annotator | None:
        """Whose statements are shown and edited: the gold ones' owner, or the annotator."""
        return self.gold if self.adjudicates else self.annotator

    @property
    def owner(self) -> Annotator:
        """Whose a new statement becomes; UserError when nobody has been named yet."""
        me = self.me
        return self.gold if self.adjudicates else me

    @property
    def required(self) -> tuple[str, ...]:
        """The ids of the attributes without which a statement is incomplete."""
        return tuple(a.id for a in self.codebook.attributes if a.required)

    @contextmanager
    def transact(self, label: str) -> Iterator[None]:
        """Run one action of the current annotator; commit it as one step under `label`."""
        with self.store.transact(label, self.annotator.id if self.annotator else None):
            yield

    @contextmanager
    def on_layer(self, *, gold: bool) -> Iterator[None]:
        """Let what happens inside show and edit the gold statements, or the annotator's own."""
        before, self.adjudicates = self.adjudicates, gold
        try:
            yield
        finally:
            self.adjudicates = before

    def long_step(self, label: str) -> undo.LongStep:
        """Start an action that is committed in parts and undone as one."""
        return undo.LongStep(self.store, label, self.annotator.id if self.annotator else None)

    def close(self) -> None:
        """Close the file and let go of the lock; harmless when done twice."""
        self.store.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _refresh(self, step: Step) -> None:
        if step.touches("codebook"):
            self.codebook = queries.codebook(self.store)
        if step.touches("annotator"):
            self.annotator = _remembered_annotator(self)


def create(path: Path, *, codebook_file: Path | None = None, name: str | None = None) -> Project:
    """Make a project at `path` (the suffix .stance is added) with the default or given codebook."""
    if path.suffix != SUFFIX:
        path = path.with_name(path.name + SUFFIX)
    codebook = read_codebook(codebook_file or default_codebook_file())
    at, uid = history.now(), new_uid()
    first_rows: dict[str, dict[str, Any]] = {
        "project": {"id": 1, "uid": uid, "name": name or path.stem, "created_at": at},
        "codebook": {
            "uid": new_uid(),
            "version": codebook.version,
            "body": rows.codebook_body(codebook),
            "created_at": at,
        },
        "annotator": schema.gold_row(uid, at),
        "speaker": {"uid": new_uid(), "name": "Narrator", "folded": "narrator", "type": "narrator"},
    }
    return Project(opening.create(path, first_rows))


def project_of_folder(folder: Path) -> tuple[Path, bool]:
    """Return the one project in `folder`, or where a new one goes, and whether it is new."""
    if not folder.is_dir():
        raise UserError(f"There is no folder “{folder}”; give a folder of text files.")
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except PermissionError as error:
        raise UserError(
            f"The folder “{folder}” may not be read; ask its owner for permission."
        ) from error
    if len(found) > 1:
        names = ", ".join(p.name for p in found)
        raise UserError(f"“{folder}” holds several projects ({names}); open one of them.")
    if found:
        return found[0], False
    return folder / f"{folder.resolve().name}{SUFFIX}", True


def open_project(path: Path, *, read_only: bool = False, check: bool = True) -> Project:
    """Open the project at `path`; `annotator.storage.opening.open_store` says what it refuses."""
    return Project(opening.open_store(path, read_only=read_only, check=check))


def snapshot(path: Path) -> Project:
    """Open the project at `path` a second time, for reading only, in whatever thread calls.

    It sees what was committed when each of its reads began; close it in the same thread.
    """
    return open_project(path, read_only=True, check=False)


def copy_is_due(project: Project) -> bool:
    """Tell whether today's copy of the project file is still to be made."""
    created = str(project.store.row("project", 1)["created_at"])
    return not project.read_only and copies.is_due(project.path, created)


def keep_copy(path: Path) -> Path:
    """Copy the project file into the folder of copies; for use in any thread."""
    return copies.make_copy(path)


def default_codebook_file() -> Path:
    """Return the codebook that ships with the program."""
    return places.shipped("resources") / "codebooks" / "default.json"


def read_codebook(path: Path) -> Codebook:
    """Return the codebook in a JSON file; UserError names what is wrong and where."""
    try:
        codebook = msgspec.json.decode(path.read_bytes(), type=Codebook)
    except OSError as error:
        raise UserError(f"The codebook “{path}” cannot be read: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(
            f"The codebook “{path}” is not right: {decoding_faults.clause(error)}."
        ) from error
    found = codebooks.faults(codebook)
    if found:
        raise UserError(f"The codebook “{path}” is not right: {' '.join(found)}")
    return codebook


def annotators(project: Project) -> list[Annotator]:
    """Return all annotators of the project, by name."""
    return queries.annotators(project.store)


def find_annotator(project: Project, name: str) -> Annotator | None:
    """Return the annotator called `name`, case aside."""
    wanted = name.strip().casefold()
    return next((a for a in annotators(project) if a.name.casefold() == wanted), None)


def annotate_as(project: Project, name: str) -> Annotator:
    """Make the annotator called `name` (new or known) the one who works; remembered in the file."""
    if project.store.paused:
        raise UserError(project.store.paused)
    annotator = ensure_annotator(project, name)
    set_setting(project, "annotator", annotator.uid)
    project.annotator = annotator
    return annotator


def ensure_annotator(project: Project, name: str) -> Annotator:
    """Return the annotator called `name`, added to the project when new."""
    name = " ".join(name.split())
    if not name:
        raise UserError("Give the annotator a name, for example your own.")
    if len(name) > LONGEST_NAME:
        raise UserError(
            f"An annotator's name may have {LONGEST_NAME} characters, this one has {len(name):,};"
            " give a shorter one."
        )
    found = find_annotator(project, name)
    if found is not None:
        return found
    row = {"uid": new_uid(), "name": name, "created_at": history.now()}
    with project.store.transact("Add annotator", undoable=False):
        row_id = project.store.insert("annotator", row)
    return Annotator(row_id, row["uid"], name)


def setting(project: Project, key: str) -> str | None:
    """Return a setting kept with the project."""
    return queries.setting(project.store, key)


def set_setting(project: Project, key: str, value: str) -> None:
    """Keep a setting with the project; a convenience of the screen, outside undo."""
    if project.read_only or project.paused or queries.setting(project.store, key) == value:
        return
    aside.set_setting(project.store, key, value)


def articles(project: Project) -> list[ArticleRow]:
    """Return what the list shows of every article, with the counts of the layer shown."""
    layer = project.layer.id if project.layer else None
    return queries.article_rows(project.store, layer, project.required)


def bare_articles(project: Project) -> list[ArticleRow]:
    """Return the same without counting what is incomplete, which takes most of the time."""
    layer = project.layer.id if project.layer else None
    return queries.article_rows(project.store, layer, None)


def articles_between(project: Project, first: int, last: int) -> list[ArticleRow]:
    """Return what the list shows of the articles with ids from `first` to `last`, in no order."""
    layer = project.layer.id if project.layer else None
    return queries.article_rows_between(project.store, layer, project.required, first, last)


def article_count(project: Project) -> int:
    """Return how many articles the project holds."""
    return queries.article_count(project.store)


def article_row(
    project: Project, article_id: int, counted: tuple[int, int] | None = None
) -> ArticleRow | None:
    """Return what the list shows of one article; None when it is gone.

    `counted`, if that is known, spares counting the statements and those that lack something.
    """
    layer = project.layer.id if project.layer else None
    return queries.one_article_row(project.store, layer, article_id, project.required, counted)


def undo_label(project: Project) -> str | None:
    """Return the name of the action that undo would take back."""
    return _label(project, "done")


def redo_label(project: Project) -> str | None:
    """Return the name of the action that redo would do again."""
    return _label(project, "undone")


def undo_step(project: Project) -> Step | None:
    """Take back the current annotator's newest action; None when there is none."""
    return undo.undo(project.store, project.annotator.id if project.annotator else None)


def redo_step(project: Project) -> Step | None:
    """Do again what the current annotator took back last; None when there is nothing."""
    return undo.redo(project.store, project.annotator.id if project.annotator else None)


def new_uid() -> str:
    """Return a fresh UUID in the text form the file keeps."""
    return str(uuid.uuid4())


def _label(project: Project, state: str) -> str | None:
    me = project.annotator.id if project.annotator else None
    found = history.latest(project.store.db, state, me)
    return found[1] if found else None


def _remembered_annotator(project: Project) -> Annotator | None:
    uid = queries.setting(project.store, "annotator")
    return next((a for a in queries.annotators(project.store) if a.uid == uid), None)
