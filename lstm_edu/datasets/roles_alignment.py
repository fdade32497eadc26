"""From a sentence and the roles that its frame names, in order, to a role for each word.

Verb∋Net says of “Luc a posé des livres sur la table” that its frame is *Agent V Theme {preposition
of place} Destination*. Which words are the Theme it does not say. This rule finds the verb, takes
what stands before it for the subject, and begins the others at their prepositions and
conjunctions, or right behind the verb.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import NamedTuple

#: What no role says anything of: verb, auxiliaries, negation, punctuation …
NONE = "O"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Between the subject and the verb. Written small: an *A* is a name (“la compagnie A s'est …”).
_BEFORE_VERB = _words(
    "a ai as ont avons avez est suis es sont sommes êtes s' se me m' te t' n' ne pas y lui peux"
)
#: Right behind the verb, and of no role.
_AFTER_VERB = {"pas", "toujours", "bien", "facilement"}
_ALSO_WRITTEN = {"de": {"de", "d'", "du", "des"}, "à": {"à", "au", "aux"}}
_OF_PLACE = _words("sur dans à au aux devant chez vers jusqu' contre en sous derrière par")
_CLAUSES = {"PSUBJ": {"que", "qu'"}, "PIND": {"que", "qu'"}}
_DETERMINERS = _words(
    "le la les l' un une des du ce cet cette ces son sa ses mon ma mes leur leurs deux beaucoup"
)
#: Past participles and present forms that do not begin as their infinitives do.
_IRREGULAR = {
    "vu": "voir",
    "bu": "boire",
    "boit": "boire",
    "veut": "vouloir",
    "voudrait": "vouloir",
    "pue": "puer",
}
_PLAIN = str.maketrans("éèêç", "eeec")


class Aligned(NamedTuple):
    """A sentence with a role for each word."""

    verb: int
    roles: tuple[str, ...]


class _Element(NamedTuple):
    """One complement of a frame: its role, and the words that may begin it (None: any)."""

    role: str
    begins: set[str] | None
    prepositional: bool
    infinitive: bool
    genitive: bool


def align(words: tuple[str, ...], syntax: list[dict], lemmas: list[str]) -> Aligned | None:
    """Return the role of each word; None where the rule does not fit the sentence.

    Parameters
    ----------
    words : tuple of str
        As the sentence has them, ``l'`` and punctuation as words of their own.
    syntax : list of dict
        The frame, as ``verbenet.frame_rows`` gives it.
    lemmas : list of str
        The infinitives of the class.
    """
    verb = find_verb(words, lemmas)
    at = [part["element"] for part in syntax].index("VERB")
    if verb is None:
        return None
    start = verb
    while start and words[start - 1] in _BEFORE_VERB:
        start -= 1
    roles = [NONE] * len(words)
    subject = [part for part in syntax[:at] if part["role"]]
    if not start or len(subject) > 1:
        return None
    if subject:
        roles[:start] = [subject[0]["role"]] * start
    behind = verb + 1
    end = len(words)
    while end > behind and not words[end - 1][0].isalnum() and words[end - 1] not in "€%":
        end -= 1
    while behind < end and words[behind] in _AFTER_VERB:
        behind += 1
    if any(part["element"] in ("ADJ", "ensemble") for part in syntax[at:]):
        end -= 1  # “Luc veut sa viande bleue”: the last word is of no role
    spans = _place(words[:end], behind, _elements(syntax[at + 1 :]))
    if spans is None:
        return None
    for role, begin, stop in spans:
        roles[begin:stop] = [role] * (stop - begin)
    return Aligned(
        verb,
        tuple(
            NONE if not (word[0].isalnum() or word in "€$%-") else role
            for word, role in zip(words, roles, strict=True)
        ),
    )


def find_verb(words: tuple[str, ...], lemmas: list[str]) -> int | None:
    """Return where the verb stands: what looks most like a form of one of the lemmas.

    What follows an auxiliary, ``se`` or ``ne`` counts for more; and where nothing looks like any
    lemma, it is the verb.

    Parameters
    ----------
    words : tuple of str
        The sentence.
    lemmas : list of str
        Infinitives.
    """
    best, where = 0.69, None
    for place, (before, word) in enumerate(itertools.pairwise(words), start=1):
        if word in _BEFORE_VERB or before.lower() in _DETERMINERS:
            continue  # “l'inspecteur” is no form of *inspecter*
        alike = max((_alike(word, lemma) for lemma in lemmas), default=0.0)
        alike += 0.5 * (before in _BEFORE_VERB)
        if alike > best:
            best, where = alike, place
    if where is None:
        for place, (before, word) in enumerate(itertools.pairwise(words), start=1):
            if before in _BEFORE_VERB and word not in _BEFORE_VERB:
                return place
    return where


def _alike(word: str, lemma: str) -> float:
    """Return which share of an infinitive's stem a word begins with; 1 for a known form of it."""
    if _IRREGULAR.get(word) == lemma:
        return 1.0
    start, stem = _bare(word), _stem(lemma)
    if start[:1] != stem[:1] or len(stem) < 2:
        return 0.0
    pairs = zip(start, stem, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)) / len(stem)


@functools.cache
def _stem(lemma: str) -> str:
    """Return an infinitive without its ending."""
    return _bare(re.sub("(er|oir|ir|dre|ttre|re)$", "", lemma))


@functools.cache
def _bare(word: str) -> str:
    """Return a word in small letters without the accents that change in conjugation."""
    return word.lower().translate(_PLAIN)


def _elements(syntax: list[dict]) -> list[_Element]:
    """Return the complements of a frame, each with what may begin it."""
    found, begins = [], None
    for part in syntax:
        if part["element"] == "PREP":
            begins = _preposition(part)
            continue
        if not part["role"]:
            continue
        modifier = part["modifier"] or ""
        clause = _CLAUSES.get(part["element"], set()) | (
            {"que", "qu'"} if "Qu" in modifier else set()
        )
        if part["introduced_by"]:
            word = part["introduced_by"]
            clause = clause | _ALSO_WRITTEN.get(word, {word, "s'"} if word == "si" else {word})
        own = (begins or set()) | clause
        infinitive = part["element"] == "VINF"
        genitive = "genitive" in modifier
        found.append(_Element(part["role"], own or None, bool(begins), infinitive, genitive))
        begins = None
    return found


def _preposition(part: dict) -> set[str]:
    """Return the words that a preposition of a frame may be written with."""
    names = part["prepositions"]
    if not names or "Loc-Dest" in names:
        return _OF_PLACE
    first = [re.split("[ _]", name)[0] for name in names]
    first = [word if word[-1] != "à" or word == "à" else "jusqu'" for word in first]
    first = ["d'" if word == "d'avec" else word for word in first]
    return set().union(*(_ALSO_WRITTEN.get(word, {word}) for word in first))


def _place(words, begin: int, elements: list[_Element]) -> list[tuple[str, int, int]] | None:
    """Return (role, begin, end) of each complement, in the cheapest of all ways that fit."""
    if not elements:
        return [] if begin == len(words) else None
    best, least = None, float("inf")
    for turn, order in enumerate(itertools.permutations(elements)):
        if begin >= len(words) or not _may_begin(words, begin, order[0]):
            continue
        for cuts in itertools.combinations(range(begin + 1, len(words)), len(order) - 1):
            starts = (begin, *cuts)
            if not all(map(lambda at, each: _may_begin(words, at, each), cuts, order[1:])):
                continue
            stops = (*cuts, len(words))
            cost = sum(_cost(words, *each) for each in zip(starts, stops, order, strict=True))
            cost += 10 * bool(turn)
            if cost < least:
                spans = zip(order, starts, stops, strict=True)
                best, least = [(each.role, at, stop) for each, at, stop in spans], cost
    return best


def _may_begin(words, at: int, element: _Element) -> bool:
    return element.begins is None or words[at].lower() in element.begins


def _cost(words, begin: int, end: int, element: _Element) -> float:
    """Return how unlikely it is that a complement stands there; the nearest to the verb is 0.01."""
    cost = 0.01 * begin
    if element.begins and begin + 1 < end:
        # “les traces de doigt du comptoir”: of two *de*, a bare noun's belongs to the one before.
        after = words[begin + 1]
        bare = words[begin] in ("de", "d'", "à", "en") and after.islower()
        cost += bare and after not in _DETERMINERS
    inner = words[begin + 1 : end]
    if element.begins is None:
        known = words[begin].lower() in _DETERMINERS or not words[begin].islower()
        if element.infinitive:
            known = words[begin].endswith(("er", "ir", "oir", "re"))
        cost += 0 if known else 1.5
    if element.prepositional and end - begin == 1:
        cost += 5
    if element.genitive and not {"de", "d'", "du", "des"} & set(inner):
        cost += 0.5  # its owner is named inside it, if anywhere
    if words[end - 1] in _DETERMINERS or words[end - 1] in ("de", "d'", "et", "à"):
        cost += 5
    return cost
