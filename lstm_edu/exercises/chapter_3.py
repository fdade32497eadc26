"""The exercises of chapter 3: one step, many steps, weights by hand, a network's forget gates."""

from lstm_edu.exercises.chapter_3_steps import (
    HIDDEN_MISTAKES,
    PREDICTION_MISTAKES,
    RUN_MISTAKES,
    STEP_MISTAKES,
    draw_hidden,
    draw_runs,
    draw_steps,
    hidden,
    predicted,
    run,
    step,
)
from lstm_edu.exercises.chapter_3_switches import judge_latch, judge_toggle
from lstm_edu.exercises.choices import choices
from lstm_edu.exercises.exercise import Exercise, Mistake

FAULTS = {"a": "order", "b": "state", "c": "tanh", "d": "axes", "e": "none"}
LOOKED_AT = {
    "order": "version {case} takes its blocks in the right order",
    "state": "in version {case} the forget gate scales the right state",
    "tanh": "version {case} has both its tanh, though perhaps under another name",
    "axes": "version {case} walks along time",
    "bias": "version {case} adds its bias",
    "none": "version {case} is not right: compare it with `lstm_step` on numbers of your own",
}

EXERCISES = (
    Exercise(
        name="3.1",
        title="Predict, then run",
        answer="prediction",
        level=1,
        points=1,
        reference=predicted(),
        mistakes=PREDICTION_MISTAKES,
        tolerance=0.006,  # two decimals
    ),
    Exercise(
        name="3.2",
        title="Write the step",
        answer="my_step",
        level=2,
        points=3,
        reference=step,
        draw=draw_steps,
        mistakes=STEP_MISTAKES,
    ),
    Exercise(
        name="3.3",
        title="Find the bugs",
        answer="bugs",
        level=2,
        points=2,
        reference=FAULTS,
        judgement=choices(
            FAULTS,
            tuple(LOOKED_AT),
            {
                (case, word): f"Not yet: {said.format(case=case)}."
                for case in FAULTS
                for word, said in LOOKED_AT.items()
            },
            "",
        ),
    ),
    Exercise(
        name="3.4",
        title="Walk along time",
        answer="my_run",
        level=2,
        points=2,
        reference=run,
        draw=draw_runs,
        mistakes=RUN_MISTAKES,
    ),
    Exercise(
        name="3.5",
        title="Bring back what was hidden",
        answer="held",
        level=2,
        points=1,
        reference=hidden,
        draw=draw_hidden,
        mistakes=HIDDEN_MISTAKES,
    ),
    Exercise(
        name="3.6",
        title="A latch, by hand",
        answer="latch",
        level=3,
        points=3,
        reference={
            "kernel": [[20, 0, 10, 0], [0, -20, 0, 0]],
            "recurrent_kernel": [[0, 0, 0, 0]],
            "bias": [-10, 10, 0, 10],
        },
        judgement=judge_latch,
    ),
    Exercise(
        name="3.7",
        title="A toggle, by hand",
        answer="toggle",
        level=3,
        points=2,
        reference={
            "kernel": [[20, -20, 0, 0]],
            "recurrent_kernel": [[-26, 0, 0, 0]],
            "bias": [-10, 10, 10, 10],
        },
        judgement=judge_toggle,
    ),
    Exercise(
        name="3.8",
        title="Read, then test",
        answer="space_unit",
        level=3,
        points=2,
        reference=90,
        mistakes=(
            Mistake("That unit leads on the one line; on the two hundred others it does not.", 118),
            Mistake("That unit's gate opens at spaces. Asked is the one that shuts.", 43),
            Mistake("That is about the input gate. Asked is the forget gate.", 96),
            Mistake("That is about the cell state. Asked is the forget gate.", 52),
            Mistake("That is about what is shown, h. Asked is the forget gate.", 41),
            Mistake(
                "That unit's gate is lowest at spaces, but low elsewhere too: take the difference.",
                46,
            ),
            Mistake("That unit's gate is low everywhere. Take the difference.", 80),
            Mistake("That unit shuts at the character after a space.", 16),
        ),
    ),
)
