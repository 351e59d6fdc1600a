"""What `make` says on a machine that lacks something."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    shutil.which("make") is None or not (ROOT / "Makefile").exists(), reason="no make or no Makefile here"
)


@pytest.fixture
def ask(tmp_path):
    """Run `make weigh` in an empty copy with a Python that answers as told."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / name)

    def run(answers):
        python = tmp_path / "some-python"
        python.write_text(f"#!/bin/sh\n{answers}\n", encoding="utf-8")
        python.chmod(0o755)
        asked = subprocess.run(
            ["make", f"PYTHON={python}", "weigh"], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        said = [line for line in asked.stderr.splitlines() if not line.startswith("make")]
        return asked.returncode, said

    yield run
    assert not (tmp_path / ".venv").exists()


def test_python_of_another_version(ask):
    code, said = ask('case "$2" in *version_info*) exit 1;; esac')
    assert code == 2 and len(said) == 1 and "Python 3.11" in said[0] and "make PYTHON=" in said[0]


def test_python_without_venv(ask):
    code, said = ask('case "$2" in *ensurepip*) exit 1;; esac')
    assert code == 2 and len(said) == 1 and "python3-venv" in said[0] and "apt-get" in said[0]


def test_no_python_at_all(ask, tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    asked = subprocess.run(
        ["make", "PYTHON=there-is-no-such-python", "weigh"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert asked.returncode == 2 and "needs Python 3.11" in asked.stderr
