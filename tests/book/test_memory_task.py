"""The MemoryTask in a page: networks that really learn, in workers, the same as in NumPy."""

import re

import numpy as np
import pytest
from looking import overflow, too_small, until, violations
from lstm_book.content_policy import MODE, policy
from single import Module, opener

from lstm_edu import long_lag
from lstm_edu.figures import MemoryTask

QUICK = {"task": "latch", "lag": 6, "seed": 1}
IGNORANCE = long_lag.TASKS["latch"].ignorance
BOOKS = policy(MODE)
WITHOUT_WORKERS = BOOKS.replace("worker-src blob:", "worker-src 'none'")
SETTLED = 400  # milliseconds: what was under way when the reader paused has come in by then


@pytest.fixture
def open_task(browser, tmp_path):
    """A function that opens a page with a MemoryTask alone, from the file system."""
    with opener(browser, tmp_path) as open_:

        def open_task(address="", *, rules=BOOKS, traits=QUICK, **how):
            def put_rules(page):
                meta = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
                html = page.read_text("utf-8")
                html = html.replace("<meta charset", f"{meta}\n<meta charset", 1)
                page.write_text(html, "utf-8")

            how |= {"change": put_rules, "sound": rules != WITHOUT_WORKERS}
            return open_(address, figures=[MemoryTask(**traits)], **how)

        yield open_task


def state(page):
    return page.locator(".lstm-memory-task").get_attribute("data-state")


def until_state(page, wanted):
    until(
        page,
        "wanted => document.querySelector('.lstm-memory-task').dataset.state === wanted",
        wanted,
    )


def until_batches(page, count):
    until(
        page,
        """count => [...document.querySelectorAll("[data-lane]")]
            .every(({ dataset }) => dataset.solved === "" || dataset.batches >= count)""",
        count,
    )


def lanes(page):
    """Return batches, loss and whether it is solved of each lane."""
    data = page.locator("[data-lane]").evaluate_all("all => all.map(one => ({ ...one.dataset }))")
    return {
        lane["lane"]: (int(lane["batches"]), float(lane.get("loss", "nan")), "solved" in lane)
        for lane in data
    }


def curves(page):
    return page.locator(".lstm-lane .curve").evaluate_all("all => all.map(one => one.outerHTML)")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_all_learn_as_in_numpy(open_task):
    page = open_task()
    assert state(page) == "idle"
    assert {lane: batches for lane, (batches, _, _) in lanes(page).items()} == dict.fromkeys(
        MemoryTask.lanes, 0
    )
    press(page, "Start")
    until_state(page, "over")
    python = MemoryTask(**QUICK)
    for lane, (batches, loss, solved) in lanes(page).items():
        learned = python.learn(lane)
        assert (batches, solved) == (len(learned.loss), learned.solved), lane
        assert solved
        assert loss == pytest.approx(np.mean(learned.loss[-long_lag.WINDOW :]), rel=1e-6)
        assert loss < IGNORANCE / 10
    row = page.locator(".lstm-board tbody tr > *").all_text_contents()
    sequences = [f"{16 * batches:,}" for batches, _, _ in lanes(page).values()]
    assert row == ["Latch", "6", "1", *sequences]
    # Each knows the letter of the row that is shown, and of others.
    for _ in range(3):
        letter = page.locator(".lstm-row .answer").text_content()
        said = page.locator(".lstm-says .lstm-number")
        until(
            page,
            """letter => [...document.querySelectorAll(".lstm-says .lstm-number")]
                .every((said) => said.textContent.startsWith(letter))""",
            letter,
        )
        assert said.count() == 3
        press(page, "Another row")


def test_it_starts_from_a_module_of_a_kernel_too(open_task):
    page = open_task(rules="")
    module = Module(page, MemoryTask(**QUICK))
    own = module.root
    own.get_by_role("button", name="Start", exact=True).click()
    until(page, "document.querySelector('#module .lstm-memory-task').dataset.state === 'over'")
    assert own.locator("[data-lane][data-solved]").count() == 3
    module.set(lag=9)
    assert own.locator(".lstm-memory-task").get_attribute("data-state") == "idle"
    own.get_by_role("button", name="Adding").click()
    assert module.end() == [0, 0]
    assert module.saved()[-1]["task"] == "adding"


def test_a_pause_keeps_every_number_still(open_task):
    page = open_task(traits={"task": "adding", "lag": 20})
    press(page, "Start")
    until_batches(page, 5)
    press(page, "Pause")
    page.wait_for_timeout(SETTLED)
    then, drawn = lanes(page), curves(page)
    assert state(page) == "paused"
    page.wait_for_timeout(2 * SETTLED)
    assert (lanes(page), curves(page)) == (then, drawn)
    press(page, "Go on")
    until_batches(page, max(batches for batches, _, _ in then.values()) + 1)
    press(page, "Start over")
    assert state(page) == "idle"
    assert all(batches == 0 for batches, _, _ in lanes(page).values())
    page.wait_for_timeout(SETTLED)
    assert all(batches == 0 for batches, _, _ in lanes(page).values())
    assert page.locator(".lstm-board").is_hidden()


def test_the_same_seed_draws_the_same_curves(open_task):
    page = open_task()
    press(page, "Start")
    until_state(page, "over")
    first = curves(page)
    assert all(re.search(r'd="M[^"]+L', curve) for curve in first)
    press(page, "Start over")
    press(page, "Start")
    until_batches(page, 6)
    press(page, "Pause")
    press(page, "Go on")
    until_state(page, "over")
    assert curves(page) == first
    page.evaluate("location.hash = '#memory-task?seed=2'")
    until_state(page, "idle")
    press(page, "Start")
    until_state(page, "over")
    assert curves(page) != first
    assert page.locator(".lstm-board tbody tr").count() == 2
    press(page, "Clear the table")
    assert page.locator(".lstm-board").is_hidden()


@pytest.mark.timing
def test_the_page_stays_awake_while_they_learn(open_task):
    page = open_task(traits={"task": "adding", "lag": 50})
    press(page, "Start")
    until_batches(page, 2)
    spent = page.evaluate(
        """async () => {
            let [frames, begin] = [0, performance.now()];
            return new Promise((done) => {
                const step = (now) => {
                    frames += 1;
                    if (now - begin < 1500) requestAnimationFrame(step);
                    else done({ frames, ms: now - begin });
                };
                requestAnimationFrame(step);
            });
        }"""
    )
    assert spent["frames"] / spent["ms"] > 1 / 50
    press(page, "Pause")


def test_keys_alone_can_do_it(open_task):
    page = open_task()
    page.get_by_role("button", name="Latch").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    assert page.get_by_role("slider").input_value() == "5"
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.locator(":focus").text_content() == "Start"
    page.keyboard.press("Enter")
    until_state(page, "over")
    assert "5" in page.locator(".lstm-board tbody tr").text_content()


def test_the_number_of_a_seed_is_typed_or_refused(open_task):
    page = open_task()
    seed = page.get_by_role("spinbutton", name="seed")
    seed.dblclick()
    page.keyboard.type("77777")
    page.keyboard.press("Enter")
    alert = page.locator(".lstm-memory-task .lstm-told-state[role=alert]")
    assert (
        "“77777” does not fit the seed of all random numbers: type a number from 0 to 9999"
        in alert.text_content()
    )
    page.keyboard.press("Control+a")
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    assert alert.is_hidden()
    assert seed.get_attribute("aria-valuenow") == "77"


def test_hostile_addresses_do_nothing(open_task):
    page = open_task("#memory-task?task=<img src=x onerror=throw(1)>&lag=1e9&seed=-1&__proto__=1")
    sentence = page.locator(".lstm-told-state:not([role])").text_content()
    assert sentence == open_task().locator(".lstm-told-state:not([role])").text_content()
    assert page.get_by_role("slider").input_value() == "6"


def test_where_no_worker_may_start_it_says_so(open_task):
    page = open_task(rules=WITHOUT_WORKERS)
    press(page, "Start")
    alert = page.locator(".lstm-memory-task [role=alert]:not([hidden])")
    alert.wait_for()
    assert "cannot learn here" in alert.text_content()
    assert state(page) == "idle"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(open_task, theme, width):
    traits = {"task": "adding", "lag": 40}
    page = open_task(theme=theme, width=width, traits=traits, reduced_motion="reduce")
    assert state(page) == "idle"
    assert violations(page) == []
    press(page, "Start")
    until_batches(page, 2)
    assert violations(page) == []
    assert state(page) == "running"
    press(page, "Pause")
    page.wait_for_timeout(SETTLED)
    assert violations(page) == []
    page.evaluate("location.hash = '#memory-task?task=latch&lag=6&seed=1'")
    until_state(page, "idle")
    press(page, "Start")
    until_state(page, "over")
    page.locator("summary", has_text="Keys").click()
    assert violations(page) == []
    assert overflow(page) == []


@pytest.mark.parametrize("task", MemoryTask.tasks)
def test_a_phone_shows_the_longest_row(open_task, task):
    page = open_task(width=360, has_touch=True, traits={"task": task, "lag": 200})
    assert overflow(page) == []
    row = page.locator(".lstm-row .bars").bounding_box()
    assert row["x"] >= 0
    assert row["x"] + row["width"] <= 360
    assert too_small(page.locator(".lstm-memory-task")) == []
