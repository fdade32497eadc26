"""Where the class struggled: one page, with plots that are text as well."""

from collections import Counter

from lstm_edu.classroom.batch import Grading
from lstm_edu.classroom.feedback import UNSAFE
from lstm_edu.classroom.pages import page, prose, table, text

_BINS = 10
_MOST_MESSAGES = 12
_PARTS = (
    ("right", ("right",), "i"),
    ("not right", ("wrong", "stopped", "ungraded"), "f"),
    ("left blank", ("blank", "missing"), "x"),
)


def report(grading: Grading) -> str:
    """Return the page.

    Parameters
    ----------
    grading : Grading
        As `batch.load` reads it.
    """
    students = {record["student"] for record in grading.records}
    if not students:
        body = ["<h1>Nothing was graded yet</h1>", _problems(grading)]
        return page("Where the class stands", "\n".join(body))
    body = [
        "<h1>Where the class stands</h1>",
        f'<p class="muted">{_count(len(students), "student")}, '
        f"{_count(len(grading.records), 'notebook')}, "
        f"{_count(len(grading.problems), 'file')} not graded.</p>",
        "" if grading.isolated else f'<p class="notice">{UNSAFE}</p>',
        *("<h2>Which exercises were solved?</h2>", _exercises(grading)),
        *("<h2>What went wrong, most often first</h2>", _mistakes(grading)),
        *("<h2>How are the points spread?</h2>", _points(grading)),
        _problems(grading),
        f'<p class="muted">Hidden inputs were drawn with the seed {grading.seed}.</p>',
    ]
    return page("Where the class stands", "\n".join(body))


def _exercises(grading: Grading) -> str:
    outcomes: dict[str, Counter] = {one["name"]: Counter() for one in grading.exercises}
    for record in grading.records:
        for mark in record["marks"]:
            outcomes.setdefault(mark["exercise"], Counter())[mark["outcome"]] += 1
    rows = []
    for one in grading.exercises:
        counts = outcomes[one["name"]]
        total = sum(counts.values())
        if not total:
            continue
        shares = [sum(counts[kind] for kind in kinds) for _, kinds, _ in _PARTS]
        said = ", ".join(f"{n} {word}" for n, (word, _, _) in zip(shares, _PARTS, strict=True) if n)
        colours = [colour for _, _, colour in _PARTS]
        rows.append(
            f'<tr><th scope="row">{text(one["name"])} {text(one["title"])}</th>'
            f'<td class="number">{shares[0] / total:.0%}<span class="unit"> right</span></td>'
            f'<td class="words">{_bar(shares, colours, total)}'
            f'<span class="muted">{said}</span></td></tr>'
        )
    head = (
        '<th scope="col">Exercise</th><th scope="col" class="number">Right</th>'
        '<th scope="col">Answers</th>'
    )
    return table(head, rows)


def _mistakes(grading: Grading) -> str:
    counts = Counter(
        (mark["exercise"], mark["message"])
        for record in grading.records
        for mark in record["marks"]
        if mark["outcome"] in ("wrong", "stopped", "ungraded")
    )
    if not counts:
        return "<p>Nothing: every answer that was given is right.</p>"
    most = max(counts.values())
    rows = [
        f'<tr><th scope="row">{text(name)}</th><td class="words">{prose(message)}</td>'
        f'<td class="number">{number}'
        f'{_unit("answer", number)}</td><td class="words">{_bar([number], ["f"], most)}</td></tr>'
        for (name, message), number in counts.most_common(_MOST_MESSAGES)
    ]
    left = sum(n for _, n in counts.most_common()[_MOST_MESSAGES:])
    rest = (
        f'<p class="muted">{_count(left, "answer")} went wrong in other ways.</p>' if left else ""
    )
    head = (
        '<th scope="col">Exercise</th><th scope="col">What was found</th>'
        '<th scope="col" class="number">Answers</th><td></td>'
    )
    return table(head, rows) + rest


def _points(grading: Grading) -> str:
    points, possible = Counter(), Counter()
    for record in grading.records:
        for mark in record["marks"]:
            points[record["student"]] += mark["points"]
            possible[record["student"]] += mark["possible"]
    shares = [points[who] / possible[who] for who in possible if possible[who]]
    bins = Counter(min(int(share * _BINS), _BINS - 1) for share in shares)
    mean = sum(shares) / len(shares) if shares else 0
    return (
        f"<p>On average {mean:.0%} of the points of what was handed in.</p>"
        f"{_histogram([bins[number] for number in range(_BINS)])}"
    )


def _histogram(counts: list[int]) -> str:
    """Return bars side by side: how many students have 0 to 10 %, 10 to 20 % … of the points."""
    wide, high, base, top = 600, 190, 150, 24
    step, most = wide / len(counts), max(counts) or 1
    drawn = []
    for number, count in enumerate(counts):
        height = (base - top) * count / most
        x, middle = number * step, (number + 0.5) * step
        drawn.append(
            f'<rect x="{x + 3:.1f}" y="{base - height:.1f}" width="{step - 6:.1f}" '
            f'height="{height:.1f}" fill="var(--fill-c)"/>'
        )
        if count:
            drawn.append(_label(middle, base - height - 6, str(count)))
        drawn.append(_label(middle, base + 18, f"{100 * number // len(counts)}", "quiet"))
    drawn.append(_label(wide / 2, base + 36, "per cent of the points, from", "quiet"))
    said = ", ".join(
        f"{_count(count, 'student')} from {100 * number // len(counts)} %"
        for number, count in enumerate(counts)
        if count
    )
    return (
        f'<svg viewBox="0 0 {wide} {high}" role="img" aria-label="Points: {said}">'
        f'{"".join(drawn)}<line class="axis" x1="0" y1="{base}" x2="{wide}" y2="{base}"/></svg>'
    )


def _label(x: float, y: float, said: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle"{named}>{said}</text>'


def _bar(counts: list[int], colours: list[str], total: int) -> str:
    """Return a bar of several parts; what it shows stands beside it in words."""
    drawn, x = [], 0.0
    for count, colour in zip(counts, colours, strict=True):
        width = 100 * count / total
        if count:
            drawn.append(
                f'<rect x="{x:.2f}" width="{max(width - 0.4, 0.4):.2f}" height="6" '
                f'fill="var(--fill-{colour})"/>'
            )
        x += width
    return (
        '<svg viewBox="0 0 100 6" preserveAspectRatio="none" class="bar" aria-hidden="true">'
        f"{''.join(drawn)}</svg>"
    )


def _problems(grading: Grading) -> str:
    if not grading.problems:
        return ""
    rows = [
        f'<tr><th scope="row">{text(one["source"])}</th>'
        f'<td class="words">{text(one["reason"])}</td></tr>'
        for one in grading.problems
    ]
    head = '<th scope="col">File</th><th scope="col">Why</th>'
    return "<h2>What could not be graded?</h2>" + table(head, rows)


def _unit(noun: str, number: int) -> str:
    """Return what a number counts, for windows where no heading stands above it."""
    return f'<span class="unit"> {noun}{"" if number == 1 else "s"}</span>'


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
