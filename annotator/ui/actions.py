"""Every user action, once: menus, keys, the key overlay, the palette and the guide read it here.

Pure data: no Qt. Choices of the codebook become actions too (`codebook_actions`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from annotator.domain.codebook import Codebook, words

# When an action can be used; the page in front says which conditions hold at the moment. `annotate`
# and `docket` say which page that is, annotate or adjudicate, with an article open. There a case is
# decided (`deciding`, and `case` when there is one) or a gold statement edited, never both: while
# it is edited, `article` and `statement` hold, and the labelling keys with them.
# `agreement` holds while that page is in front, `listed` while a disagreement is chosen there.
Need = Literal[
    "project",
    "writable",
    "article",
    "selection",
    "statement",
    "undo",
    "redo",
    "agreement",
    "listed",
    "annotate",
    "docket",
    "deciding",
    "case",
]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do. `keys` are Qt key names, the first one is shown."""

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    hint: str = ""


# On a French keyboard the digits need Shift; the unshifted characters do the same here.
_AZERTY_DIGITS = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))

_ARTICLE: tuple[Need, ...] = ("writable", "article")
_OWN: tuple[Need, ...] = ("writable", "article", "annotate")
_FIND: tuple[Need, ...] = ("article", "annotate")
_CASE: tuple[Need, ...] = ("writable", "case")
_SELECTED: tuple[Need, ...] = ("writable", "article", "selection")
_STATEMENT: tuple[Need, ...] = ("writable", "article", "statement")
_BOTH: tuple[Need, ...] = ("writable", "article", "selection", "statement")

_LISTED: tuple[Need, ...] = ("agreement", "listed")

MENUS = (
    *("File", "Edit", "Mark", "Statement", "Choose", "Article", "Agreement", "Decide"),
    *("Go", "View", "Help"),
)

ACTIONS: tuple[Action, ...] = (
    Action("new", "New project…", "File", ("Ctrl+N",)),
    Action("open", "Open project…", "File", ("Ctrl+O",)),
    Action("sample", "Try the sample", "File"),
    Action("import_files", "Import articles…", "File", ("Ctrl+I",), ("writable",)),
    Action("import_folder", "Import a folder…", "File", ("Ctrl+Shift+I",), ("writable",)),
    Action("import_labels", "Import labels…", "File", (), ("writable",)),
    Action("merge", "Merge another copy…", "File", (), ("writable",),
           "Takes over another annotator’s labels from their copy of the project"),
    Action("export", "Export…", "File", ("Ctrl+E",), ("project",)),
    Action("card", "Dataset card…", "File", (), ("project",),
           "What the README.md of an export says that only you know; whether texts may be shared"),
    Action("annotator", "Annotate as…", "File", (), ("writable",)),
    Action("close", "Close project", "File", ("Ctrl+W",), ("project",)),
    Action("quit", "Quit", "File", ("Ctrl+Q",)),
    Action("undo", "Undo", "Edit", ("Ctrl+Z",), ("undo",)),
    Action("redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), ("redo",)),
    Action("copy", "Copy", "Edit", ("Ctrl+C",), ("selection",)),
    Action("find", "Find in article", "Edit", ("Ctrl+F",), _FIND),
    Action("find_next", "Find next", "Edit", ("F3", "Ctrl+G"), _FIND),
    Action("find_previous", "Find previous", "Edit", ("Shift+F3", "Ctrl+Shift+G"), _FIND),
    Action("search", "Search all articles", "Edit", ("Ctrl+Shift+F",), ("project",)),
    Action("palette", "Command palette", "Edit", ("Ctrl+K",)),
    Action("mark", "Mark statement", "Mark", ("Return", "Enter"), _SELECTED,
           "The selection grows to whole words; outer blanks are dropped"),
    Action("mark_exact", "Mark exactly", "Mark", ("Alt+Return", "Alt+Enter"), _SELECTED,
           "Not snapped to words; with the mouse, hold Ctrl while selecting"),
    Action("speaker", "Speaker", "Mark", ("S",), _STATEMENT,
           "With a selection: these words name the speaker; without: type the name"),
    Action("speaker_type", "Kind of speaker…", "Mark", ("Shift+S",), _STATEMENT,
           "Person, government, organisation, collective, unnamed, narrator"),
    Action("cue", "Cue", "Mark", ("R",), _BOTH, "The reporting words, as in “a déclaré”"),
    Action("source", "Source in the chain", "Mark", ("V",), _STATEMENT,
           "Who reports it (via): from the selection, or typed"),
    Action("piece", "Add piece", "Mark", ("P",), _BOTH, "A second piece of the same content"),
    Action("exclude", "Exclude region", "Mark", ("Shift+E",), _SELECTED,
           "Not reporting: debris, repeated headline, links; again to include"),
    Action("same_target", "Same words, another target", "Statement", ("T",), _STATEMENT),
    Action("same_speaker", "Same words, another speaker", "Statement", ("B",), _STATEMENT),
    Action("usual", "Take the usual choices for the rest", "Statement", ("Space",), _STATEMENT,
           "Fills the attributes still open with what the codebook calls usual"),
    Action("note", "Note", "Statement", ("Shift+N",), _STATEMENT),
    Action("end_right", "End: one word right", "Statement", ("Alt+Right",), _STATEMENT),
    Action("end_left", "End: one word left", "Statement", ("Alt+Left",), _STATEMENT),
    Action("start_right", "Start: one word right", "Statement", ("Alt+Shift+Right",), _STATEMENT),
    Action("start_left", "Start: one word left", "Statement", ("Alt+Shift+Left",), _STATEMENT),
    Action("end_char_right", "End: one character right", "Statement",
           ("Ctrl+Alt+Right",), _STATEMENT),
    Action("end_char_left", "End: one character left", "Statement",
           ("Ctrl+Alt+Left",), _STATEMENT),
    Action("start_char_right", "Start: one character right", "Statement",
           ("Ctrl+Alt+Shift+Right",), _STATEMENT),
    Action("start_char_left", "Start: one character left", "Statement",
           ("Ctrl+Alt+Shift+Left",), _STATEMENT),
    Action("remove_piece", "Remove piece under the caret", "Statement", ("Shift+P",), _STATEMENT),
    Action("delete", "Delete statement", "Statement", ("Delete", "Backspace"), _STATEMENT),
    Action("done", "Done, next article", "Article", ("Ctrl+Return", "Ctrl+Enter"), _OWN),
    Action("todo", "To do", "Article", (), _OWN),
    Action("in_progress", "In progress", "Article", (), _OWN),
    Action("flag", "Flag with a note…", "Article", ("Ctrl+Shift+L",), _OWN),
    Action("retitle", "Edit title…", "Article", ("F2",), _OWN),
    Action("next_listed", "Next disagreement", "Agreement", ("J",), ("agreement",)),
    Action("previous_listed", "Previous disagreement", "Agreement", ("K",), ("agreement",)),
    Action("open_listed", "Open side by side", "Agreement", ("Return", "Enter"), _LISTED,
           "The disagreement in its article, where it can be decided"),
    Action("discuss_listed", "Note to discuss", "Agreement", ("D",), ("writable", *_LISTED),
           "Kept with the decisions; an empty note takes the mark away"),
    Action("all_listed", "Show all disagreements", "Agreement", ("Shift+A",), ("agreement",)),
    Action("copy_figures", "Copy the figures", "Agreement", ("Ctrl+Shift+C",), ("agreement",)),
    Action("save_figure", "Save figure…", "Agreement", ("Ctrl+Shift+P",), ("agreement",),
           "Where agreement is lost, as SVG, PDF or PNG"),
    Action("save_matrix", "Save confusion matrix…", "Agreement", (), ("agreement",),
           "The one that is shown, as SVG, PDF or PNG"),
    Action("save_numbers", "Save numbers…", "Agreement", ("Ctrl+Shift+N",), ("agreement",)),
    Action("save_report", "Save report…", "Agreement", ("Ctrl+R",), ("agreement",)),
    *(Action(f"take_{n}", f"Take statement {n}", "Decide", (str(n), _AZERTY_DIGITS[str(n)]), _CASE)
      for n in range(1, 10)),
    Action("edit_gold", "Edit the gold statement", "Decide", ("E",), _CASE,
           "Takes the one nearest to the others first, when nothing is decided"),
    Action("make_gold", "Make a gold statement", "Decide", ("M",),
           ("writable", "deciding", "selection"), "On the selected words"),
    Action("no_statement", "No statement here", "Decide", ("0", _AZERTY_DIGITS["0"]), _CASE),
    Action("take_beside", "Take one more beside it", "Decide", ("A",), _CASE,
           "What is taken next is added to what was decided"),
    Action("confirm", "It still holds", "Decide", ("C",), _CASE,
           "After a label changed: the decision stays as it is"),
    Action("reason", "Reason", "Decide", ("R",), _CASE),
    Action("discuss", "To discuss", "Decide", ("D",), _CASE, "With a note, if you like"),
    Action("discussed", "Discussed", "Decide", ("Shift+D",), _CASE, "Takes the mark away"),
    Action("reopen", "Reopen", "Decide", ("Backspace", "Delete"), _CASE,
           "Takes the decision back, with its gold statement"),
    Action("next_case", "Next case", "Decide", ("J", "Down"), ("docket",)),
    Action("previous_case", "Previous case", "Decide", ("K", "Up"), ("docket",)),
    Action("next_waiting", "Next undecided case", "Decide", ("Shift+J", "F8"), ("docket",)),
    Action("previous_waiting", "Previous undecided case", "Decide",
           ("Shift+K", "Shift+F8"), ("docket",)),
    Action("next_undone", "Next article that is not gold", "Decide",
           ("Ctrl+Return", "Ctrl+Enter"), ("docket",)),
    Action("take_agreed", "Take all agreed…", "Decide", ("Ctrl+Shift+A",), ("writable", "docket"),
           "Shows first what all annotators have just the same"),
    Action("hide_names", "Hide names", "Decide", ("Ctrl+H",), ("docket",),
           "Who has which statement is not shown; again to show it"),
    Action("next_statement", "Next statement", "Go", ("J", "Ctrl+Down"), _FIND),
    Action("previous_statement", "Previous statement", "Go", ("K", "Ctrl+Up"), _FIND),
    Action("next_incomplete", "Next incomplete statement", "Go", ("Shift+J", "F8"), _FIND),
    Action("previous_incomplete", "Previous incomplete statement", "Go",
           ("Shift+K", "Shift+F8"), _FIND),
    Action("next_article", "Next article", "Go", ("Ctrl+PgDown",), ("project",)),
    Action("previous_article", "Previous article", "Go", ("Ctrl+PgUp",), ("project",)),
    Action("next_pane", "Next pane", "Go", ("F6",), ("project",)),
    Action("previous_pane", "Previous pane", "Go", ("Shift+F6",), ("project",)),
    Action("back_to_text", "Back to the text", "Go", ("Escape",)),
    Action("page_annotate", "Annotate", "View", ("Ctrl+1",), ("project",)),
    Action("page_agreement", "Agreement", "View", ("Ctrl+2",), ("project",)),
    Action("page_adjudicate", "Adjudicate", "View", ("Ctrl+3",), ("project",)),
    Action("speakers", "Speakers…", "View", ("Ctrl+Shift+S",), ("project",)),
    Action("codebook", "Codebook: definitions", "View", ("F1",), ("project",)),
    Action("zoom_in", "Larger text", "View", ("Ctrl++", "Ctrl+=")),
    Action("zoom_out", "Smaller text", "View", ("Ctrl+-",)),
    Action("zoom_reset", "Normal text size", "View", ("Ctrl+0",)),
    Action("appearance_system", "Appearance: like the system", "View"),
    Action("appearance_light", "Appearance: light", "View"),
    Action("appearance_dark", "Appearance: dark", "View"),
    Action("articles_panel", "Show or hide the article list", "View", ("F9",)),
    Action("keys", "Keys", "Help", ("?",)),
    Action("about", "About", "Help"),
)  # fmt: skip

_GROUP_NAMES = {"target": "Target", "stance": "Stance", "flag": "Flag"}


def codebook_actions(codebook: Codebook, lang: str) -> list[Action]:
    """Return one action per choice of the codebook: `choose:GROUP:ID`, with the codebook's key.

    With a selection in the text, a target's action marks it and sets the target at once.
    """
    found: list[Action] = []
    for group, choice in codebook.all_choices():
        attribute = codebook.attribute(group)
        name = words(attribute.name, lang) if attribute else _GROUP_NAMES[group]
        needs = _ARTICLE if group == "target" else _STATEMENT
        text = f"{name}: {words(choice.name, lang)}"
        keys = _with_azerty(choice.key) if choice.key else ()
        hint = words(choice.definition, lang)
        found.append(Action(f"choose:{group}:{choice.id}", text, "Choose", keys, needs, hint))
    return found


def of_page(actions: Iterable[Action], *, docket: bool, agreement: bool = False) -> list[Action]:
    """Return `actions` without those of other pages than annotate, `docket` or `agreement`."""
    other: set[Need] = {"docket", "deciding", "case", "agreement", "listed"}
    if docket:
        other = {"annotate", "agreement", "listed"}
    elif agreement:
        other = {"annotate", "docket", "deciding", "case", "article", "selection", "statement"}
    return [action for action in actions if other.isdisjoint(action.needs)]


def enabled(action: Action, holding: Collection[Need]) -> bool:
    """Tell whether everything that `action` needs is among the conditions `holding`."""
    return all(need in holding for need in action.needs)


def _with_azerty(key: str) -> tuple[str, ...]:
    stem, _, last = key.rpartition("+")
    other = _AZERTY_DIGITS.get(last)
    prefix = f"{stem}+" if stem else ""
    return (key, f"{prefix}{other}") if other else (key,)
