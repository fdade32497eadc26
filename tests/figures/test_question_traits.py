"""A quick question, in Python: what counts as right, and what is refused."""

import pytest

from lstm_edu.figures import Question
from lstm_edu.figures.question import readings

OPTIONS = {"forget": "It scales the old state.", "input": "No: it scales what is written."}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("24,832", [24.832, 24832]), ("24 832", [24832]), ("−0,5", [-0.5]), ("1e3", []), ("", [])],
)
def test_a_typed_number_is_read_as_in_the_browser(typed, meant):
    assert readings(typed) == meant


def test_a_number_is_right_to_so_many_decimals():
    question = Question("How much?", answer=1 / 3, digits=2)
    for typed, right in {
        "0.33": True,
        "0,33": True,
        "0.34": False,
        "1/3": False,
        "": False,
    }.items():
        question.given = typed
        assert question.right is right, typed


def test_an_option_is_right_or_not():
    question = Question("Which gate?", answer="forget", options=OPTIONS)
    assert not question.right
    question.given = "forget"
    assert question.right


def test_without_javascript_the_answer_is_folded():
    html = Question("Is `a<b` or $c_t$?", answer="forget", options=OPTIONS, name="q").html()
    assert "<code>a&lt;b</code> or <i>c</i><sub>t</sub>?" in html
    assert "<summary>Answer</summary><p>forget. It scales the old state.</p>" in html
    assert 'data-figure="Question" ' in html or 'data-figure="Question">' in html


def test_what_a_question_says_cannot_become_markup():
    trap = "</script><img src=x onerror=alert(1)>"
    html = Question(trap, answer=trap, options={trap: trap, "b": ""}).html()
    assert "<img" not in html
    assert html.count("</script>") == 1


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"answer": "output", "options": OPTIONS}, ValueError, "'output'"),
        ({"answer": "a", "options": {"a": ""}}, ValueError, "two at least"),
        ({"answer": "three"}, TypeError, "finite number"),
        ({"answer": float("nan")}, TypeError, "finite number"),
        ({"answer": True}, TypeError, "finite number"),
        ({"answer": 2, "hints": {2: "Yes."}}, ValueError, "right answer"),
        ({"answer": 2, "digits": -1}, ValueError, "digits"),
        ({"answer": "forget", "options": OPTIONS, "explain": "So."}, ValueError, "own text"),
    ],
)
def test_what_does_not_fit_is_refused(given, error, said):
    with pytest.raises(error, match=said):
        Question("?", **given)


def test_repr_is_the_question():
    assert repr(Question("Is $f_t$ `0`?", answer=1)) == "Question('Is f_t 0?')"
