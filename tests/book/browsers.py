"""Where a Chromium or Chrome is that the tests can drive."""

import os
import shutil
from pathlib import Path

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge"),
)
MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")

#: The two pages behind the address bar: each window, and each test has one, would load both of
#: them, which takes five times as long as a small page of the test's own.
OMNIBOX = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
#: What Playwright switches off in the same argument, of which the browser heeds only the last.
PLAYWRIGHT_S = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch", "TcpPortRandomizationWin"),
)

NONE = "no Chromium or Chrome found"
HOW = (
    f"{NONE}, so no test looked at a page. Install one (Debian, Ubuntu: "
    "apt install chromium; macOS: brew install --cask google-chrome; Windows: winget install "
    "Google.Chrome), or name it: CHROMIUM=/path/to/chrome"
)


def find_browser():
    """Return the browser's path, or None; the variable CHROMIUM goes before what is found.

    Raises
    ------
    FileNotFoundError
        CHROMIUM is set, and names nothing that can be run.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise FileNotFoundError(f"CHROMIUM={named} is no program; unset it, or name another")
        return found
    installed = [Path(folder, name) for folder, names in folders() for name in names]
    found = [shutil.which(name) for name in NAMES] + [str(path) for path in installed]
    return next((path for path in found if path and Path(path).exists()), None)


def folders():
    """Yield where macOS and Windows keep programs, with the programs to look for."""
    yield "/Applications", MAC
    yield Path.home() / "Applications", MAC
    for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        if variable in os.environ:
            yield os.environ[variable], WINDOWS


def options():
    """Return how to start it: quiet, asking no server for anything, no more work than the pages."""
    arguments = [
        "--disable-gpu",
        f"--disable-features={','.join(PLAYWRIGHT_S + OMNIBOX)}",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return arguments + ["--no-sandbox"] * root
