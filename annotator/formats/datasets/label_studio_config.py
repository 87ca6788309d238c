"""The labeling config of Label Studio that fits the tasks: what can be labelled and chosen."""

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from annotator.domain.codebook import Choice, Codebook
from annotator.formats.datasets.regions import LINKS, MARKS, OPEN

TEXT, LABEL, FLAGS, ANNOTATOR = "text", "label", "flags", "annotator"
SPEAKER, SPEAKER_TYPE = "speaker", "speaker_type"

_TAKEN = frozenset({TEXT, LABEL, FLAGS, ANNOTATOR, SPEAKER_TYPE})
# Okabe and Ito's colours under the names that a codebook gives its hues.
_COLOURS = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "purple": "#7B4FA3",
    "sky": "#56B4E9",
    "pink": "#CC79A7",
    "olive": "#8A8A1F",
    "grey": "#808080",
}


def control(attribute: str) -> str:
    """Return the name of the control in which an attribute is chosen."""
    return f"attribute_{attribute}" if attribute in _TAKEN else attribute


def config(codebook: Codebook) -> str:
    """Return the XML of the config."""
    view = Element("View")
    # else the window would show, and count, runs of blanks and line breaks as one
    SubElement(view, "Style").text = ".htx-text{ white-space: pre-wrap; }"
    relations = SubElement(view, "Relations")
    for link in LINKS:
        SubElement(relations, "Relation", value=link)
    labels = SubElement(view, "Labels", name=LABEL, toName=TEXT)
    for target in codebook.targets:
        colour = _COLOURS.get(target.hue or "", _COLOURS["grey"])
        SubElement(labels, "Label", value=target.id, background=colour)
    for name in (OPEN, *MARKS):
        SubElement(labels, "Label", value=name, background=_COLOURS["grey"])
    contents = ",".join([*(target.id for target in codebook.targets), OPEN])
    _choices(view, "stance", codebook.stances, contents)
    for attribute in codebook.attributes:
        _choices(view, control(attribute.id), attribute.choices, contents)
    if codebook.flags:
        _choices(view, FLAGS, codebook.flags, contents).set("choice", "multiple")
    for name in (SPEAKER, SPEAKER_TYPE):
        SubElement(view, "TextArea", {"name": name, **_per_region(contents)})
    SubElement(view, "TextArea", name=ANNOTATOR, toName=TEXT, placeholder="annotator")
    SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _choices(view: Element, name: str, choices: Iterable[Choice], contents: str) -> Element:
    found = SubElement(view, "Choices", {"name": name, **_per_region(contents)})
    for choice in choices:
        SubElement(found, "Choice", value=choice.id)
    return found


def _per_region(contents: str) -> dict[str, str]:
    """Return what makes a control one of a region, and only of one with words of the content."""
    return {"perRegion": "true", "toName": TEXT, "whenTagName": LABEL, "whenLabelValue": contents}
