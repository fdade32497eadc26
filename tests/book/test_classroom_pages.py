"""What the classroom's commands write for students and teachers: readable on any screen."""

import pytest
from looking import overflow, violations

from lstm_edu.classroom import feedback, report
from lstm_edu.classroom.batch import Grading

LONG = "Your_" + "very_" * 40 + "long"


def grading():
    """A class of three: right, wrong, blank, stopped, unheard of; and one that was not graded."""
    exercises = [
        {"name": f"3.{n}", "title": title, "level": n, "points": n}
        for n, title in ((1, "Predict, then run"), (2, "Write the step"), (3, "A latch, by hand"))
    ]
    outcomes = {
        "Amira": [
            ("right", "Right."),
            ("wrong", "Your `f` takes h, not c."),
            ("blank", "`w`."),
        ],
        "Bo": [("stopped", LONG), ("ungraded", "It ran for too long."), ("missing", "None.")],
        LONG: [("right", "Right.")] * 3,
    }
    records = [
        {
            **{"student": student, "chapter": 3, "source": f"{student}/3_algorithm.ipynb"},
            **{"errors": [[4, "NameError"]] if student == "Bo" else []},
            "marks": [
                {
                    **{"exercise": one["name"], "title": one["title"], "level": one["level"]},
                    **{"possible": one["points"], "outcome": outcome, "message": message},
                    "points": one["points"] if outcome == "right" else 0,
                }
                for one, (outcome, message) in zip(exercises, said, strict=True)
            ],
        }
        for student, said in outcomes.items()
    ]
    problems = [{"student": "Bo", "source": f"Bo/{LONG}.ipynb", "reason": "the file is empty"}]
    return Grading(1, False, exercises, records, problems)


@pytest.mark.parametrize("name", ["report", "Amira", "Bo", LONG], ids=["report", "a", "b", "c"])
def test_a_page_is_fit_to_read(browser, tmp_path, name):
    whole = grading()
    text = report.report(whole) if name == "report" else feedback.student_page(whole, name)
    path = tmp_path / "page.html"
    path.write_text(text, "utf-8")
    for theme, width in (("light", 1280), ("dark", 360)):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
        page, said, asked = context.new_page(), [], []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert (violations(page), overflow(page), said) == ([], [], [])
        assert asked == [path.as_uri()]
        assert page.get_by_text("without a sandbox").is_visible()
        context.close()
