"""French sentences with who does what to whom, from the lexicon that ``verbenet`` brings.

Verb∋Net sorts French verbs into classes. Each class has frames; each frame names its roles in the
order of an example sentence. Which words are which role, `roles_alignment` says.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from lstm_edu import _checks
from lstm_edu.datasets.roles_alignment import NONE, align
from lstm_edu.vocabulary import Vocabulary

Split = Literal["train", "validation", "test"]
#: Into how many parts the classes of verbs are divided; each part is once what is tested on.
FOLDS = 10

#: SHA-256 of the names and contents of the XML files of verbenet 1.0.0, in order.
CHECKSUM = "4f89105c0803830392715215ff57869b42203c91e224cfb3ae94f5921bdcb359"
VERSION = "1.0.0"

LICENCE = "Verb∋Net 1.0.0: CC BY-SA 4.0"
CITATION = (
    "Quentin Pradet, Laurence Danlos, Gaël de Chalendar: Adapting VerbNet to French using existing "
    "resources, LREC 2014, https://aclanthology.org/L14-1204/; revised by Guy Lapalme and "
    "Marie-Claude L'Homme, in verbenet 1.0.0, https://github.com/aymara/verbenet"
)

#: Splits a sentence into words as networks and figures read them: ``l'`` is one, and so is a stop.
SPLITTER = Vocabulary(("",), unit="word", splitting="signs")

_PREPOSITION = "(?:de|à|avec|en|pour|sur|après|dans|contre|par)"
#: “à/avec la crème”, “{sur/dans} ce projet”, “(par/de) Luc”: the first of them is read.
_OR = re.compile(rf"\b({_PREPOSITION})(?:/(?:de la part de|{_PREPOSITION})\b)+")
#: “(retrouver Marie)”: left out, where no two readings stand in it.
_ASIDE = re.compile(r"\([^(),/+]*\)")


class Span(NamedTuple):
    """Some words, from `begin` to before `end`, and their role."""

    role: str
    begin: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence with a role for each word.

    Attributes
    ----------
    text : str
        As the lexicon has it, one reading where it gives several.
    words : tuple of str
        ``l'`` and every sign of punctuation are words of their own.
    verb : int
        Which of the words is the verb whose roles these are.
    roles : tuple of str
        The role of each word, ``"O"`` for none.
    frame, verb_class : str
        From which class the frame is, and from which family of classes.
    """

    text: str
    words: tuple[str, ...]
    verb: int
    roles: tuple[str, ...]
    frame: str
    verb_class: str

    @property
    def spans(self) -> tuple[Span, ...]:
        """The stretches of words of one role."""
        return spans(self.roles)

    def __str__(self) -> str:
        """Return the sentence with its roles in brackets, the verb in capitals."""
        said = [word.upper() if k == self.verb else word for k, word in enumerate(self.words)]
        for span in self.spans:
            said[span.begin] = f"[{span.role} {said[span.begin]}"
            said[span.end - 1] += "]"
        return re.sub(r"(['’]) (?!\[)", r"\1", " ".join(said))


@dataclass(frozen=True)
class Roles:
    """Example sentences with their roles.

    Attributes
    ----------
    sentences : tuple of Sentence
        Those that the rule could align, in the order of the lexicon.
    left_out : tuple of str
        The others: of several readings that cannot be taken apart, or with a verb that is not
        among its class, and looks like none of it.
    folds : tuple of int
        In which of `FOLDS` parts each sentence is. A family of classes, and so a verb with its
        likes, is in one part as a whole.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of the files that were read.
    """

    sentences: tuple[Sentence, ...]
    left_out: tuple[str, ...]
    folds: tuple[int, ...]
    licence: str = LICENCE
    citation: str = CITATION
    checksum: str = CHECKSUM

    @property
    def names(self) -> tuple[str, ...]:
        """The labels: none, then the roles, the most frequent first (among words)."""
        counts = Counter(role for each in self.sentences for role in each.roles if role != NONE)
        return (NONE, *sorted(counts, key=lambda role: (-counts[role], role)))

    def parts(self, test: int) -> dict[Split, list[Sentence]]:
        """Return what to train on, to choose by, and to test on.

        Parameters
        ----------
        test : int
            Which part is tested on, from 0; the next one is the validation part.
        """
        test = _checks.integer("test", test, 0, FOLDS - 1)
        of_fold = {test: "test", (test + 1) % FOLDS: "validation"}
        found: dict[Split, list[Sentence]] = {"train": [], "validation": [], "test": []}
        for sentence, fold in zip(self.sentences, self.folds, strict=True):
            found[of_fold.get(fold, "train")].append(sentence)
        return found

    def sample(self, count: int = 20) -> list[Sentence]:
        """Return sentences to look at: always the same ones, chosen by a hash and by nobody."""
        count = _checks.integer("count", count, 1, len(self.sentences))
        return sorted(self.sentences, key=lambda each: _hash(each.text))[:count]

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return (
            f"Roles({len(self.sentences)} sentences, {len(self.names) - 1} roles, "
            f"{len({each.verb_class for each in self.sentences})} families of verbs; "
            f"{len(self.left_out)} left out)"
        )


def semantic_roles() -> Roles:
    """Load the example sentences of the French VerbNet, with a role for each word.

    Returns
    -------
    Roles
        Always the same sentences in the same order.

    Raises
    ------
    ModuleNotFoundError
        verbenet is not installed.
    ValueError
        Its files are not those that the book's scores were measured on.

    Notes
    -----
    The sentences, the verbs of each class and the order of the roles are the experts'. The words
    of each role come from a rule (`lstm_edu.datasets.roles_alignment.align`), and are wrong where
    it errs. The package is under CC BY-SA 4.0.

    Examples
    --------
    >>> roles = semantic_roles()
    >>> roles
    Roles(510 sentences, 27 roles, 226 families of verbs; 15 left out)
    >>> print(roles.sentences[0])
    [Agent Luc] a POSÉ [Theme des livres] [Destination sur la table]
    """
    sentences, left_out = [], []
    for row, lemmas in _frames():
        for example in row["examples"]:
            text = one_reading(example)
            words = SPLITTER.split(text) if text else ()
            found = align(words, row["syntax"], lemmas) if words else None
            if found is None:
                left_out.append(example)
            else:
                where = row["class_id"], row["top_class"]
                sentences.append(Sentence(text, words, found.verb, found.roles, *where))
    return Roles(tuple(sentences), tuple(left_out), _folds(sentences))


def one_reading(example: str) -> str | None:
    """Return an example without alternatives; None where they cannot be taken apart.

    Parameters
    ----------
    example : str
        As the lexicon has it.

    Examples
    --------
    >>> one_reading("Luc est venu à/pour  Paris (retrouver Marie)")
    'Luc est venu à Paris'
    """
    text = _OR.sub(r"\1", re.sub(r"\{([^}]*)\}", r"\1", example))
    text = re.sub(rf"\(({_PREPOSITION})\)", r"\1", text)
    text = " ".join(_ASIDE.sub("", text).split())
    text = re.sub(r"[ .]*\.$", ".", text)
    return None if re.search(r"[()/+]", text) else text


def spans(roles: tuple[str, ...] | list[str]) -> tuple[Span, ...]:
    """Return the stretches of words of one role, in order.

    Parameters
    ----------
    roles : sequence of str
        The role of each word, ``"O"`` for none.

    Examples
    --------
    >>> spans(("Agent", "Agent", "O", "Theme"))
    (Span(role='Agent', begin=0, end=2), Span(role='Theme', begin=3, end=4))
    """
    found, begin = [], 0
    for place in range(1, len(roles) + 1):
        if place == len(roles) or roles[place] != roles[begin]:
            if roles[begin] != NONE:
                found.append(Span(roles[begin], begin, place))
            begin = place
    return tuple(found)


def _folds(sentences: list[Sentence]) -> tuple[int, ...]:
    """Return a part for each sentence: families in the order of a hash, each to the smallest."""
    sizes = Counter(sentence.verb_class for sentence in sentences)
    filled, chosen = [0] * FOLDS, {}
    for family in sorted(sizes, key=_hash):
        chosen[family] = filled.index(min(filled))
        filled[chosen[family]] += sizes[family]
    return tuple(chosen[sentence.verb_class] for sentence in sentences)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _frames() -> Iterator[tuple[dict, list[str]]]:
    """Yield each frame with the verbs of its family of classes."""
    files = sorted(_folder().glob("*.xml"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    if digest.hexdigest() != CHECKSUM:
        raise ValueError(
            f"{files[0].parent if files else _folder()} is not the lexicon of verbenet {VERSION}: "
            f"SHA-256 {digest.hexdigest()}, expected {CHECKSUM}; install the locked version with: "
            f"pip install verbenet=={VERSION}"
        )
    import verbenet

    classes = verbenet.load(files[0].parent)
    families = {
        family["id"]: [verb for each in verbenet.walk(family) for verb in each["members"]]
        for family in classes
    }
    for row in verbenet.frame_rows(classes):
        yield row, families[row["top_class"]]


def _folder() -> Path:
    """Find the XML files."""
    spec = importlib.util.find_spec("verbenet")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "the sentences come with the package verbenet, which is not installed; "
            "install it with: pip install 'lstm-edu[notebooks]'",
            name="verbenet",
        )
    return Path(spec.submodule_search_locations[0]) / "data"
