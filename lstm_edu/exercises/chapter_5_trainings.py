"""Chapter 5, trainings of others: what went wrong in each, if anything."""

from lstm_edu.exercises.choices import choices
from lstm_edu.exercises.exercise import Exercise

CAUSES = ("softmax", "future", "stop", "padding", "axes", "nothing")
RIGHT = {
    "A": "softmax",
    "B": "future",
    "C": "stop",
    "D": "padding",
    "E": "axes",
    "F": "nothing",
}
SAID = {
    ("A", "nothing"): "A: nearly all right, and never below 0.74? How low can its loss be?",
    (
        "A",
        "padding",
    ): "A: all messages are of the same length. What goes into the loss, and what does it expect?",
    (
        "A",
        "stop",
    ): "A: more epochs change nothing: at which number does the loss stand still, and why?",
    ("A", "axes"): "A: the layers are in order. What goes into the loss, and what does it expect?",
    ("B", "nothing"): "B: it does well on its test part and badly in use: how do the two differ?",
    ("B", "padding"): "B: every window is full. How were windows dealt out to the two parts?",
    ("B", "stop"): "B: its test error is low as well. How were windows dealt out to the two parts?",
    (
        "B",
        "axes",
    ): "B: (windows, steps, numbers) is right. How were windows dealt out to the two parts?",
    ("C", "nothing"): "C: on new texts it is worst at the end. Why did it go on?",
    ("C", "future"): "C: the two parts are separate texts. Which of the two curves is watched?",
    (
        "C",
        "softmax",
    ): "C: logits go into a loss that expects logits. Which of the two curves is watched?",
    ("C", "padding"): "C: `mask_zero=True` stands there. Which of the two curves is watched?",
    ("D", "nothing"): "D: no better than guessing, and the same data serve a simpler model well.",
    (
        "D",
        "softmax",
    ): "D: probabilities go into a loss that expects probabilities. What does the LSTM read last?",
    ("D", "stop"): "D: it has not begun to learn. What does the LSTM read last, and for how long?",
    ("D", "axes"): "D: (texts, places) is right. What does the LSTM read last, and for how long?",
    ("E", "nothing"): "E: what is one sequence here, and how long is it? Look at the shape.",
    ("E", "padding"): "E: no step is missing. What is one sequence here, and how long is it?",
    ("E", "future"): "E: the shape comes before that: what is one sequence here?",
    ("E", "stop"): "E: it stops where it should. What is one sequence here, and how long is it?",
    ("F", "softmax"): "F: compare the last layer with what the loss is told: do they fit?",
    ("F", "padding"): "F: look at the arguments of the Embedding.",
    ("F", "stop"): "F: which curve is watched, and which weights are kept?",
    ("F", "future"): "F: nothing shared: the parts hold different texts, and texts are no windows.",
    ("F", "axes"): "F: (texts, places) is what an Embedding reads.",
}

EXERCISES = (
    Exercise(
        name="5.8",
        title="Six trainings",
        answer="causes",
        level=3,
        points=3,
        reference=RIGHT,
        judgement=choices(
            RIGHT,
            CAUSES,
            SAID,
            "{case}: what was seen there does not come from that. Read its lines once more.",
        ),
    ),
)
