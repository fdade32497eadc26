"""The texts that a WordTagger offers, with what is right of them."""

from __future__ import annotations

from typing import Any

import traitlets

from lstm_edu.exported import ExportedModel

_MOST = 60
_KEYS = {"text": str, "marked": int, "gold": (list, tuple), "reference": str}


class ExamplesTrait(traitlets.TraitType):
    """Texts, each a str or a dict with more of it; kept as a list of dicts."""

    info_text = "a sequence of texts, or of dicts with a 'text'"
    default_value = ()

    def validate(self, obj, value) -> list[dict[str, Any]]:
        """Return the examples as dicts of what JSON knows."""
        if not isinstance(value, list | tuple):
            raise TypeError(f"examples is a {type(value).__name__}; expected {self.info_text}.")
        if len(value) > _MOST:
            raise traitlets.TraitError(f"examples holds {len(value)} texts; {_MOST} at most.")
        return [_example(k, given) for k, given in enumerate(value)]


def _example(k: int, given: Any) -> dict[str, Any]:
    """Return one example as a dict, its parts of the right kinds."""
    if isinstance(given, str):
        return {"text": given}
    if not isinstance(given, dict) or "text" not in given:
        raise TypeError(f"example {k} is {given!r}; expected a text, or a dict with a 'text'.")
    unknown = sorted(set(given) - set(_KEYS))
    if unknown:
        raise TypeError(f"example {k} has {unknown[0]!r}; expected {', '.join(_KEYS)}.")
    found = {}
    for key, value in given.items():
        if value is None:
            continue
        if not isinstance(value, _KEYS[key]) or isinstance(value, bool):
            raise TypeError(f"{key} of example {k} is {value!r}; see WordTagger for what it may be")
        found[key] = list(value) if key == "gold" else value
    return found


def check_example(network: ExportedModel, k: int, example: dict[str, Any], longest: int) -> None:
    """Raise a TraitError unless an example fits the network."""

    def refuse(why: str) -> None:
        raise traitlets.TraitError(f"example {k} does not fit {network.name!r}: {why}.")

    text = example["text"]
    if len(text) > longest:
        refuse(f"its text has {len(text)} characters; {longest} at most")
    try:
        words = len(network.encode(text))
    except ValueError as error:
        refuse(str(error))
    marked, gold = example.get("marked"), example.get("gold")
    if marked is not None and network.text.marker is None:
        refuse("it marks a word, and the network has no marker")
    if marked is not None and not 0 <= marked < words:
        refuse(f"marked is {marked}; expected 0 to {words - 1}")
    if gold is not None and len(gold) != words:
        refuse(f"gold names {len(gold)} labels of {words} words")
    wrong = sorted(set(map(str, gold or ())) - set(network.labels))
    if wrong:
        refuse(f"gold names {wrong[0]!r}; expected {', '.join(network.labels)}")
