"""What each measure is called, what it says, and who defined it; in words, for those who read.

docs/agreement.md says the same at more length.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MATCHING = (
    "In each article the statements of two annotators are matched one to one by a maximum-weight"
    " bipartite matching. A pair is admissible when {targets}the intersection over union (IoU) of"
    " their contents, in code points, is at least 0.5, or one contains the other and IoU is at"
    " least 0.3. Its weight is IoU, with 0.1 more for the same speaker and 0.05 for overlapping"
    " mentions of the speaker. Agreement on the target itself is taken on a matching that ignores"
    " the target (equal targets add 0.2 to the weight): otherwise it would be 1 by construction."
    " With more than two annotators all pairs are matched, and the matches are joined, the"
    " heaviest first, into units that hold at most one statement of each annotator."
)
SAME_TARGET = "both are about the same target and "
ARTICLES = (
    "An article is compared between those annotators who marked it as done, when two or more did:"
    " an article that was not opened is not one in which nothing was found."
)
INTERVALS = (
    "95 % intervals are those of a percentile bootstrap over articles, the annotators fixed"
    " ({draws} draws, seed {seed}). A draw in which a coefficient is undefined is left out."
    " Below {fewest} articles no interval is given."
)
UNDEFINED = (
    "A coefficient is undefined where the data leave no room for chance: one category only, no"
    " unit with two values, nothing marked by anyone. It is then shown as undefined with the"
    " reason and the raw agreement, and never as 0 or 1."
)
LINES = (
    "The lines at .667 and .800 are those that Krippendorff (2004, page 241) gives for α. They are"
    " drawn for orientation; F1 and percentages are not corrected for chance."
)

REFERENCES: Mapping[str, str] = {
    "artstein": "Artstein, R. and Poesio, M. (2008). Inter-coder agreement for computational"
    " linguistics. Computational Linguistics 34(4), 555–596.",
    "cicchetti": "Cicchetti, D. V. and Feinstein, A. R. (1990). High agreement but low kappa: II."
    " Resolving the paradoxes. Journal of Clinical Epidemiology 43(6), 551–558.",
    "cohen": "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and"
    " Psychological Measurement 20(1), 37–46.",
    "efron": "Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman"
    " and Hall, chapter 13.",
    "gwet": "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence"
    " of high agreement. British Journal of Mathematical and Statistical Psychology 61(1), 29–48.",
    "hripcsak": "Hripcsak, G. and Rothschild, A. S. (2005). Agreement, the F-measure, and"
    " reliability in information retrieval. Journal of the American Medical Informatics Association"
    " 12(3), 296–298.",
    "krippendorff2004": "Krippendorff, K. (2004). Content Analysis: An Introduction to Its"
    " Methodology. Second edition. Sage, chapter 11.",
    "krippendorff2011": "Krippendorff, K. (2011). Computing Krippendorff’s Alpha-Reliability."
    " University of Pennsylvania.",
    "krippendorff2016": "Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016). On the"
    " reliability of unitizing textual continua: Further developments. Quality & Quantity 50(6),"
    " 2347–2364.",
    "light": "Light, R. J. (1971). Measures of response agreement for qualitative data: Some"
    " generalizations and alternatives. Psychological Bulletin 76(5), 365–377.",
    "scott": "Scott, W. A. (1955). Reliability of content analysis: The case of nominal scale"
    " coding. Public Opinion Quarterly 19(3), 321–325.",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure in words; `sources` are keys of REFERENCES, `units` says what its n counts."""

    symbol: str
    title: str
    text: str
    sources: tuple[str, ...]
    units: str


_F1 = "2 × matched pairs / (statements of one + statements of the other), over pairs of annotators"
_ALPHA = (
    "1 − Do / De, observed over expected disagreement within units of matched statements; missing"
    " choices leave the unit smaller"
)
_KRIPPENDORFF = ("krippendorff2004", "krippendorff2011")
_UNITIZING = ("krippendorff2016",)

DEFINITIONS: Mapping[str, Definition] = {
    "found_f1_exact": Definition(
        "F1",
        "Found, the same content",
        f"{_F1}; a pair has identical contents.",
        ("hripcsak",),
        "statements",
    ),
    "found_f1_overlap": Definition(
        "F1",
        "Found, overlapping content",
        f"{_F1}; a pair is matched as described above.",
        ("hripcsak",),
        "statements",
    ),
    "u_alpha": Definition(
        "uα",
        "Where statements begin and end, and their stance",
        "α of unitizing: how far annotators cut the text into the same stretches with the same"
        " stance, gaps included, in code points; an annotator’s own overlaps are merged first.",
        _UNITIZING,
        "stretches",
    ),
    "binary_u_alpha": Definition(
        "|u|α",
        "Where statements begin and end",
        "uα with the stances left aside: marked or not.",
        _UNITIZING,
        "stretches",
    ),
    "cu_alpha": Definition(
        "cuα",
        "The stance of what both marked",
        "α of the stances where the stretches of annotators intersect, weighted by their length.",
        _UNITIZING,
        "intersections",
    ),
    "speaker_percent": Definition(
        "%",
        "Same speaker",
        "The share of matched pairs with the same speaker.",
        ("artstein",),
        "pairs",
    ),
    "speaker_alpha": Definition("α", "Speaker", f"{_ALPHA}; nominal.", _KRIPPENDORFF, "units"),
    "target_alpha": Definition(
        "α",
        "Target",
        f"{_ALPHA}; nominal, on the matching that ignores the target.",
        _KRIPPENDORFF,
        "units",
    ),
    "stance_percent": Definition(
        "%",
        "Same stance",
        "The share of matched pairs with the same stance.",
        ("artstein",),
        "pairs",
    ),
    "stance_alpha": Definition("α", "Stance", f"{_ALPHA}; nominal.", _KRIPPENDORFF, "units"),
    "stance_alpha_ordinal": Definition(
        "α ordinal",
        "Stance on a scale",
        f"{_ALPHA}; ordinal, against < neutral < favor, other stances missing.",
        _KRIPPENDORFF,
        "units",
    ),
    "stance_kappa": Definition(
        "κ",
        "Stance",
        "(Po − Pe) / (1 − Pe), Pe from each annotator’s own choices; mean over pairs of"
        " annotators.",
        ("cohen", "light"),
        "pairs",
    ),
    "stance_pi": Definition(
        "π",
        "Stance",
        "(Po − Pe) / (1 − Pe), Pe from both annotators’ choices together; mean over pairs of"
        " annotators.",
        ("scott", "artstein"),
        "pairs",
    ),
    "stance_ac1": Definition(
        "AC1",
        "Stance",
        "(Po − Pe) / (1 − Pe), Pe = Σ p (1 − p) / (stances of the codebook − 1); mean over pairs of"
        " annotators.",
        ("gwet",),
        "pairs",
    ),
    "tuple_f1": Definition(
        "F1",
        "Whole statement",
        f"{_F1}; a pair is matched and has the same speaker, target and stance, all of them"
        " chosen.",
        ("hripcsak",),
        "statements",
    ),
}

SPECIFIC = Definition(
    "2a / (2a + b + c)",
    "Specific agreement",
    "Of all choices of a stance in matched pairs, the share that the other annotator made too.",
    ("cicchetti",),
    "pairs",
)
CHAIN_OF_SOURCES = "source_chain_alpha"

_SUFFIX = "_alpha"

PARTS: Mapping[str, str] = {
    "found": "Found it",
    "boundaries": "Boundaries",
    "speaker": "Speaker",
    "target": "Target",
    "stance": "Stance",
    "attributes": "Attributes",
    "whole": "Whole statement",
}
KINDS: Mapping[str, str] = {
    "found": "Not found by everyone",
    "boundary": "Boundary",
    "speaker": "Speaker",
    "target": "Target",
    "stance": "Stance",
    "attribute": "Attribute",
    "source_chain": "Source chain",
}
STEPS: Mapping[str, str] = {
    "found_f1_overlap": "Found it",
    "speaker_alpha": "Speaker",
    "target_alpha": "Target",
    "stance_alpha": "Stance",
    "tuple_f1": "Whole statement",
}


def definition(name: str, titles: Mapping[str, str]) -> Definition:
    """Return what the measure `name` is; `titles` gives the words for `attribute:<id>`."""
    found = DEFINITIONS.get(name)
    if found is not None:
        return found
    text = f"{_ALPHA}; nominal."
    if name == CHAIN_OF_SOURCES:
        text = f"{text} A whole chain is one value, and having none is a value."
        return Definition("α", "Source chain", text, _KRIPPENDORFF, "units")
    attribute = name.removesuffix(_SUFFIX)
    title = titles.get(f"attribute:{attribute}", attribute)
    return Definition("α", title, text, _KRIPPENDORFF, "units")
