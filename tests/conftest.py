"""What all tests share: a known environment, and what a test may need that a machine may lack.

``KIZUNA_REQUIRE`` names, separated by commas, what must be there (``browser``): a test that needs it then
fails instead of being skipped. CI sets it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
IN_CHECKOUT = (ROOT / "Makefile").is_file()

# Its cases are the README's, which is not installed.
collect_ignore = [] if IN_CHECKOUT else ["test_docs.py"]

# What a shell may have set that changes what a program prints.
_UNSET = ("COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONWARNINGS")

settings.register_profile("kizuna", deadline=None)  # two busy cores are no failure
settings.load_profile("kizuna")


def _find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _lack_browser() -> str | None:
    if _find_chromium() is None:
        return "chromium is not installed (Debian: apt install chromium fonts-noto-cjk)"
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed (pip install playwright)"
    return None


# Marker -> why this machine cannot run the test, or None.
_NEEDS: dict[str, Callable[[], str | None]] = {"browser": _lack_browser}


def _required() -> set[str]:
    return {name.strip() for name in os.environ.get("KIZUNA_REQUIRE", "").split(",") if name.strip()}


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a name in KIZUNA_REQUIRE that asks for nothing."""
    unknown = sorted(_required() - set(_NEEDS))
    if unknown:
        raise pytest.UsageError(
            f"KIZUNA_REQUIRE: no {', '.join(unknown)}; there are {', '.join(sorted(_NEEDS))}"
        )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that this machine cannot run, or fail it where that was ruled out."""
    if item.get_closest_marker("checkout") and not IN_CHECKOUT:
        pytest.skip("needs the checkout; these tests run on an installed package")
    for name, lack in _NEEDS.items():
        if item.get_closest_marker(name) is None:
            continue
        reason = lack()
        if reason is not None and name in _required():
            pytest.fail(f"KIZUNA_REQUIRE={name}, but {reason}", pytrace=False)
        if reason is not None:
            pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def known_environment() -> Iterator[None]:
    """Give every test, and every process it starts, the same environment."""
    kept = dict(os.environ)
    for name in list(os.environ):
        if name in _UNSET or (name.startswith("KIZUNA_") and name != "KIZUNA_REQUIRE"):
            del os.environ[name]
    os.environ["PYTHONWARNDEFAULTENCODING"] = "1"
    yield
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder that holds ``tests``: the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Debian's chromium; for tests marked ``browser``."""
    path = _find_chromium()
    assert path is not None, "only for tests marked browser"
    return path
