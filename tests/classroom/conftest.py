"""A bubblewrap for tests that grade.

Where none works these tests fail under CI or REQUIRE_BROWSER=1, for nobody then looked at the walls
round hostile notebooks; elsewhere they are skipped, as tests are that want a browser.
"""

import os

import pytest

from lstm_edu.classroom import sandbox


@pytest.fixture(scope="session")
def bubblewrap():
    """A bubblewrap that works."""
    try:
        return sandbox.program()
    except sandbox.Unavailable as problem:
        if os.environ.get("REQUIRE_BROWSER") == "1" or os.environ.get("CI"):
            pytest.fail(str(problem), pytrace=False)
        pytest.skip(str(problem))
