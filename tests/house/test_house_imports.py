"""What may import what; and nothing that searches for outcomes."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from house import ROOT, SOURCE, modules

SEARCHERS = ("scipy.optimize", "sklearn.model_selection", "optuna", "hyperopt", "nevergrad", "cma", "skopt", "ax")
MODEL = ("society", "explanations", "scenario", "simulation", "summaries")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_import_contracts_are_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed beside this Python")
    asked = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 0, asked.stdout[-3000:]


def test_nothing_optimises_over_repression():
    """Nothing that draws up or runs a past can search; where searching is allowed, it fits predictors to runs."""
    below = [p for p in modules() if p.relative_to(SOURCE).parts[0].removesuffix(".py") in (*MODEL, "draws")]
    assert len(below) > 30
    searching = {
        f"{path.relative_to(SOURCE).as_posix()}: {name}"
        for path in below
        for name in imported(path)
        if name.startswith(SEARCHERS)
    }
    assert searching == set()


def test_searching_stays_where_it_fits_predictors():
    """The only searches of the program are the calibration of stated probabilities."""
    where = {
        p.relative_to(SOURCE).as_posix() for p in modules() if any(n.startswith(SEARCHERS) for n in imported(p))
    }
    assert where <= {"inference/classify.py", "inference/emulate.py"}


def test_randomness_below_the_weighing_is_addressed():
    """No generator is used up in the model: every number comes from `draws`."""
    streams = re.compile(r"np\.random\.|default_rng|import random\b|from random import|RandomState")
    offenders = [
        p.relative_to(SOURCE).as_posix()
        for p in modules()
        if p.relative_to(SOURCE).parts[0].removesuffix(".py") in (*MODEL, "record", "notes", "publish")
        and streams.search(p.read_text(encoding="utf-8"))
    ]
    assert offenders == []


def test_no_wall_clock_below_the_commands():
    clock = re.compile(r"datetime\.now|date\.today|time\.time\(|utcnow")
    offenders = [
        p.relative_to(SOURCE).as_posix() for p in modules() if clock.search(p.read_text(encoding="utf-8"))
    ]
    assert offenders == []
    timed = [p for p in modules() if "perf_counter" in p.read_text() and "cli" not in p.parts]
    assert timed == []


def test_nothing_is_fetched_while_it_runs():
    network = ("requests", "urllib.request", "http.client", "httpx", "socket", "aiohttp", "ftplib")
    offenders = {p.name: n for p in modules() for n in imported(p) if n.split(".")[0] in network or n in network}
    assert offenders == {}


KNOWN_AS = {"sklearn": "scikit-learn", "docx": "python-docx", "vl_convert": "vl-convert-python",
            "markdown_it": "markdown-it-py"}


def test_every_package_that_is_imported_is_declared_and_the_other_way_round():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[><=\[ ]", line)[0] for line in project["dependencies"]}
    extras = {re.split(r"[><=\[ ]", line)[0] for name in ("cluster", "neural") for line in project["optional-dependencies"][name]}
    used = {name.split(".")[0] for path in modules() for name in imported(path)} - extras
    used = {KNOWN_AS.get(name, name) for name in used if name not in sys.stdlib_module_names} - {"thirtyseven"}
    assert used - {name.replace("-", "_") for name in declared} - declared == set(), "declare it in pyproject.toml"
    assert declared - used == {"vl-convert-python", "python-multipart"} - used, "nothing imports it"


def test_every_package_has_a_tested_version():
    pinned = {line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().split()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    missing = {re.split(r"[><=\[ ]", line)[0].lower() for line in wanted} - pinned
    assert missing == set()
