"""Chapter 5, forecasts: nothing of the future in the training, and more than yesterday's value."""

import numpy as np

from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.exercise import Exercise, Mistake, Verdict

# 5.6


def prepare(series, border, steps):
    """Return windows and what follows each, scaled by the past: x, y to train and x, y to test."""
    return _prepare(series, border, steps)


def cut(values, steps):
    """Return all windows of `steps` values, (windows, steps, 1), and the value after each."""
    windows = np.lib.stride_tricks.sliding_window_view(values, steps + 1)
    return windows[:, :-1, None], windows[:, -1]


def _scaled(past, future):
    return [(part - past.mean()) / past.std() for part in (past, future)]


def _prepare(series, border, steps, scaled=_scaled, window=cut):
    past, future = scaled(series[:border], series[border:])
    return (*window(past, steps), *window(future, steps))


def _prepare_mistake(message, **changed):
    return Mistake(message, lambda *arguments: _prepare(*arguments, **changed))


def _by_all(past, future):
    whole = np.concatenate([past, future])
    return [(part - whole.mean()) / whole.std() for part in (past, future)]


def _by_own(past, future):
    return [(part - part.mean()) / part.std() for part in (past, future)]


def _by_range(past, future):
    return [(part - past.min()) / np.ptp(past) for part in (past, future)]


def _unscaled(past, future):
    return [past, future]


def _no_mean(past, future):
    return [part / past.std() for part in (past, future)]


def _no_spread(past, future):
    return [part - past.mean() for part in (past, future)]


def _one_value_less(past, future):
    return [(part - past.mean()) / past.std(ddof=1) for part in (past, future)]


def _by_variance(past, future):
    return [(part - past.mean()) / past.var() for part in (past, future)]


def _past_only(past, future):
    return [(past - past.mean()) / past.std(), future]


def _own_last(values, steps):
    """Return windows whose target is their own last value."""
    x, _ = cut(values, steps)
    return x, x[:, -1, 0]


def _cut_first(series, border, steps):
    """Cut all windows, and split them where they begin: some reach across the border."""
    x, y = cut((series - series[:border].mean()) / series[:border].std(), steps)
    return x[:border], y[:border], x[border:], y[border:]


def _cut_first_by_share(series, border, steps):
    """Cut all windows, and split them where their targets stand: tests read the past."""
    x, y = cut((series - series[:border].mean()) / series[:border].std(), steps)
    here = border - steps
    return x[:here], y[:here], x[here:], y[here:]


def _backwards(series, border, steps):
    x, y, x_new, y_new = _prepare(series, border, steps)
    return x_new, y_new, x, y


def _targets_unscaled(series, border, steps):
    x, _, x_new, _ = _prepare(series, border, steps)
    _, y, _, y_new = _prepare(series, border, steps, scaled=_unscaled)
    return x, y, x_new, y_new


def _as_scikit_learn(series, border, steps):
    x, y, x_new, y_new = _prepare(series, border, steps)
    return x, x_new, y, y_new


def _last_left_out(values, steps):
    x, y = cut(values, steps)
    return x[:-1], y[:-1]


def _without_overlap(values, steps):
    x, y = cut(values, steps)
    return x[::steps], y[::steps]


def _flat(values, steps):
    x, y = cut(values, steps)
    return x[..., 0], y


def _draw_series(random):
    calls = []
    for length, border, steps in ((60, 42, 5), (50, 30, 4)):
        series = 100 + 10 * np.cumsum(random.normal(0.3, 1, length))
        calls.append((series, border, steps))
    return calls


# 5.7

STEPS, LENGTH, BORDER = 12, 1600, 1200
NAMES = ("a series with a season", "a series that swings", "a random walk")
BETTER, WORSE = 0.8, 1.2  # how the error must compare with that of persistence


def forecast(x_train, y_train, x_test):
    """Return a forecast for each test window: a line through the training windows."""
    rows = np.hstack([x_train[..., 0], np.ones((len(x_train), 1))])
    weights, *_ = np.linalg.lstsq(rows, y_train, rcond=None)
    return np.hstack([x_test[..., 0], np.ones((len(x_test), 1))]) @ weights


def _draw_forecasts(random):
    """Draw three series as windows; what follows a test window stands in the one after it."""
    noise = random.normal(size=(3, LENGTH))
    season = 3 * np.sin(2 * np.pi * (np.arange(LENGTH) / 12 + random.random())) + 0.7 * noise[0]
    swing = np.zeros(LENGTH)
    for t in range(2, LENGTH):
        swing[t] = 1.6 * swing[t - 1] - 0.9 * swing[t - 2] + noise[1, t]
    calls = []
    for series in (season, swing, np.cumsum(noise[2])):
        x, y = cut(series[:BORDER], STEPS)
        x_test, _ = cut(series[BORDER:], STEPS)
        calls.append((x, y, x_test))
    return calls


def judge_forecasts(inputs: list[tuple], outputs: list[Arrays]) -> Verdict:
    """Compare with persistence, on each series. What follows a window stands in the next one."""
    for (_, _, x), given in zip(inputs, outputs, strict=True):
        problem = _unfit(given, len(x))
        if problem:
            return Verdict(False, problem)
    made = [given[""].astype(float) for given in outputs]
    tests = [x[..., 0] for _, _, x in inputs]
    for said, wrong in USELESS:
        if all(np.allclose(m, wrong(x)) for m, x in zip(made, tests, strict=True)):
            return Verdict(False, said)
    if all(np.ptp(m) < 1e-9 for m in made):
        return Verdict(False, "You forecast the same number for every window. What does x tell?")
    season, swing, walk = (_against_persistence(m, x) for m, x in zip(made, tests, strict=True))
    if walk < 0.9:
        return Verdict(
            False,
            "Too good to be true: nobody forecasts a random walk. What follows one test window "
            "stands in the next one, and in use it is not there yet.",
        )
    for name, share in zip(NAMES, (season, swing), strict=False):
        if share > BETTER:
            return Verdict(
                False,
                f"On {name} your error is {share:.0%} of that of “as yesterday”; expected at most "
                f"{BETTER:.0%}.",
            )
    if walk > WORSE:
        return Verdict(
            False,
            f"On {NAMES[2]} your error is {walk:.0%} of that of “as yesterday”; expected at most "
            f"{WORSE:.0%}. A rule that is fixed beforehand suits one kind of series: let the "
            "training part decide.",
        )
    return Verdict(True, "Right.")


USELESS = (
    (
        "That is persistence itself, yesterday's value: the forecast to be beaten.",
        lambda x: x[:, -1],
    ),
    (
        "That is the mean of each window. It lags behind; persistence is nearer.",
        lambda x: x.mean(axis=1),
    ),
    (
        "That is the first value of each window. It suits a series whose season is as long as a "
        "window, and no other.",
        lambda x: x[:, 0],
    ),
    (
        "You go on as from the last step but one to the last. That suits a smooth series; where "
        "there is noise, it doubles it.",
        lambda x: 2 * x[:, -1] - x[:, -2],
    ),
)


def _unfit(given: Arrays, count: int) -> str | None:
    array = given.get("")
    if array is not None and array.shape == (count, 1):
        return (
            f"One number for each test window: the shape {(count,)}, not {(count, 1)}. Beside a y "
            f"of the shape {(count,)} the second makes a table of all differences, with no error "
            "raised."
        )
    if array is None or array.shape != (count,) or array.dtype.kind not in "iuf":
        shape = "several arrays" if array is None else f"the shape {array.shape}"
        return f"One number for each test window, {(count,)}; yours has {shape}."
    if not np.isfinite(array).all():
        return "Your forecast holds NaN or infinity."
    return None


def _against_persistence(made: np.ndarray, x: np.ndarray) -> float:
    """Return the root mean squared error as a share of that of yesterday's value."""
    came = x[1:, -1]
    error, of_yesterday = (np.mean((f[:-1] - came) ** 2) for f in (made, x[:, -1]))
    return float(np.sqrt(error / of_yesterday))


EXERCISES = (
    Exercise(
        name="5.6",
        title="Nothing of the future",
        answer="prepare",
        level=2,
        points=3,
        reference=prepare,
        draw=_draw_series,
        mistakes=(
            _prepare_mistake(
                "You scale by the whole series. So the training part knows how high the future "
                "will rise: take mean and spread from the past alone.",
                scaled=_by_all,
            ),
            _prepare_mistake(
                "You scale the test part by itself. In use its mean is not known yet, and a level "
                "that has risen would be hidden: take mean and spread from the past.",
                scaled=_by_own,
            ),
            _prepare_mistake(
                "Yours run from 0 to 1; expected mean 0 and spread 1 of the past.",
                scaled=_by_range,
            ),
            _prepare_mistake("Nothing is scaled.", scaled=_unscaled),
            _prepare_mistake("The mean of the past is not taken away.", scaled=_no_mean),
            _prepare_mistake(
                "You take the mean away, and do not divide by the spread.", scaled=_no_spread
            ),
            _prepare_mistake(
                "Your spread divides by one value less, as pandas does; expected that of `np.std`.",
                scaled=_one_value_less,
            ),
            _prepare_mistake(
                "You divide by the variance; the spread is its root.", scaled=_by_variance
            ),
            Mistake("Your windows are scaled, your targets are not.", _targets_unscaled),
            _prepare_mistake(
                "The test part is not scaled: what was learned on one scale is of no use on "
                "another.",
                scaled=_past_only,
            ),
            _prepare_mistake(
                "Your target is the last value of its own window. A model would copy it, and look "
                "perfect: the target is what comes after.",
                window=_own_last,
            ),
            Mistake(
                "You cut windows first and split them afterwards: some training windows reach "
                "across the border, into the time that is to be forecast.",
                _cut_first,
            ),
            Mistake(
                "Your first test windows reach back across the border. In use that is allowed, for "
                "the past is known by then; here each side keeps to itself.",
                _cut_first_by_share,
            ),
            Mistake(
                "The order: x_train, y_train, x_test, y_test. Yours is that of `train_test_split`.",
                _as_scikit_learn,
            ),
            Mistake(
                "The order: the past's windows and targets first, then the future's.", _backwards
            ),
            _prepare_mistake(
                "The last window of each side is missing: how many windows of `steps` values have "
                "a value after them?",
                window=_last_left_out,
            ),
            _prepare_mistake(
                "Your windows lie side by side; expected one that begins at every step.",
                window=_without_overlap,
            ),
            _prepare_mistake(
                "The last axis is missing: an LSTM reads (windows, steps, numbers a step), and "
                "here it is one number a step.",
                window=_flat,
            ),
        ),
    ),
    Exercise(
        name="5.7",
        title="Better than yesterday",
        answer="forecast",
        level=3,
        points=3,
        reference=forecast,
        draw=_draw_forecasts,
        judgement=judge_forecasts,
    ),
)
