"""Simpler ways than a network to tell roles, each learnt from the same sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from lstm_edu.datasets.roles import Sentence
from lstm_edu.datasets.roles_alignment import NONE

Tags = tuple[str, ...]
#: A method learns from sentences, chooses by others, and returns what tags a sentence.
Method = Callable[[Sequence[Sentence], Sequence[Sentence]], Callable[[Sentence], Tags]]

#: Of the logistic regression; the best on the validation part is taken.
STRENGTHS = (0.3, 1.0)
#: How often a word must begin a role after the verb, and at which share, to count as a beginning.
OFTEN, SHARE = 3, 0.5
#: Prepositions and conjunctions, the words of the language that are told beforehand.
MARKS = frozenset(
    {"de", "d'", "du", "des", "à", "au", "aux", "dans", "sur", "pour", "avec", "en", "par"}
    | {"contre", "comme", "que", "qu'", "comment", "si"}
)
#: These may begin a role too, but tell nothing of it.
DETERMINERS = frozenset(
    {"le", "la", "les", "l'", "un", "une", "son", "sa", "ses", "ce", "cette", "mon", "ma", "mes"}
)


def nothing(data: Sequence[Sentence], held: Sequence[Sentence]) -> Callable[[Sentence], Tags]:
    """Give every word the most frequent label of all: none."""
    label = Counter(role for each in data for role in each.roles).most_common(1)[0][0]
    return lambda sentence: (label,) * len(sentence.words)


def position(data: Sequence[Sentence], held: Sequence[Sentence]) -> Callable[[Sentence], Tags]:
    """Give what stands before the verb one role, and what stands behind it another."""
    return _cut(data, by_word=False)


def preposition(data: Sequence[Sentence], held: Sequence[Sentence]) -> Callable[[Sentence], Tags]:
    """Do the same; but a preposition behind the verb begins a role of its own."""
    return _cut(data, by_word=True)


def _cut(data: Sequence[Sentence], by_word: bool) -> Callable[[Sentence], Tags]:
    """Return what gives each word the most frequent role of its place."""
    silent = _silent(data)
    before, behind = Counter(), Counter()
    opens: dict[str, Counter] = defaultdict(Counter)
    for each in data:
        begins = {span.begin: span.role for span in each.spans}
        for place, word in enumerate(each.words):
            if place > each.verb + 1 or place in begins:
                opens[word.lower()][begins.get(place, NONE)] += 1
        for span in each.spans:
            (before if span.begin < each.verb else behind)[span.role] += 1
    usual = [counts.most_common(1)[0][0] for counts in (before, behind)]
    # A word that begins a role there as a rule, and the role that it begins.
    roles = {}
    for word, counts in opens.items():
        total, none = sum(counts.values()), counts.pop(NONE, 0)
        if counts and total - none >= OFTEN and total - none >= SHARE * total:
            roles[word] = counts.most_common(1)[0][0]

    def tag(sentence: Sentence) -> Tags:
        found, role = [], usual[0]
        for place, word in enumerate(map(str.lower, sentence.words)):
            if place == sentence.verb:
                role = usual[1]
            elif by_word and place > sentence.verb and word in roles and word not in DETERMINERS:
                role = roles[word]
            quiet = place == sentence.verb or (word in silent and place < sentence.verb)
            found.append(NONE if quiet or word in ".," else role)
        return tuple(found)

    return tag


def _silent(data: Sequence[Sentence]) -> set[str]:
    """Return the words that mostly have no role where they stand before the verb."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for each in data:
        for word, role in zip(each.words[: each.verb], each.roles, strict=False):
            counts[word.lower()][role == NONE] += 1
    return {word for word, count in counts.items() if count[True] > count[False]}


def features(sentence: Sentence, place: int) -> dict[str, object]:
    """Return what the logistic regression sees of a word: itself, its neighbours, and the verb."""
    words = [word.lower() for word in sentence.words]
    verb = sentence.verb
    side = "verb" if place == verb else "before" if place < verb else "behind"
    around = {
        f"word {step:+}": words[place + step]
        for step in (-2, -1, 0, 1, 2)
        if 0 <= place + step < len(words)
    }
    marks = (
        [word for word in words[verb + 1 : place + 1] if word in MARKS] if side == "behind" else []
    )
    last = marks[-1] if marks else "-"
    return {
        "side": side,
        "side and word": f"{side} {words[place]}",
        **around,
        "steps from the verb": str(max(-4, min(6, place - verb))),
        "last preposition": f"{side} {last}",
        "last and before": " ".join(marks[-2:]) or side,
        "before the verb": " ".join(words[max(verb - 1, 0) : verb]),
        "behind the verb": f"{side} {words[verb + 1] if verb + 1 < len(words) else '-'}",
        **{f"has {word}": side for word in words[verb + 1 :] if word in MARKS},
        "verb": f"{side} {words[verb]}",
    }


def logistic(data: Sequence[Sentence], held: Sequence[Sentence]) -> Callable[[Sentence], Tags]:
    """Tell each word for itself by a logistic regression, from features made by hand."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    def rows(sentences):
        return [features(each, place) for each in sentences for place in range(len(each.words))]

    def roles(sentences):
        return [role for each in sentences for role in each.roles]

    vectors = DictVectorizer()
    x = vectors.fit_transform(rows(data))
    tried = [LogisticRegression(C=c, max_iter=60, tol=1e-2).fit(x, roles(data)) for c in STRENGTHS]
    waiting = vectors.transform(rows(held))
    best = max(tried, key=lambda line: line.score(waiting, roles(held)))
    return lambda sentence: tuple(best.predict(vectors.transform(rows([sentence]))))
