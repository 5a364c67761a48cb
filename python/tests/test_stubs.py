"""Stubs and annotations: what they say is what is there."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT


def mypy(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT / "python", capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture(autouse=True)
def _mypy():
    pytest.importorskip("mypy")


def test_the_stubs_are_those_of_the_core():
    assert mypy("mypy.stubtest", "threadstance._threadstance") == ""


def test_the_package_is_typed():
    assert mypy("mypy", "--strict", "--ignore-missing-imports", "threadstance") == ""
