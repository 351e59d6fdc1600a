"""The reference composite: written from a weighing's draws, readable as anybody's scenario, near the record."""

import subprocess
import sys

import numpy as np
import pytest

from thirtyseven.inference.institutions import MODEL
from thirtyseven.inference.reference import as_toml
from thirtyseven.record import load
from thirtyseven.scenario import Design, named
from thirtyseven.scenario.model import REFERENCE, read_scenario
from thirtyseven.simulation.run import simulate
from thirtyseven.society import calendar
from thirtyseven.society.setting import from_record


def test_what_is_written_is_read_again(tmp_path):
    batch = Design("composite").batch(np.random.default_rng(2).uniform(0.2, 0.5, (1, len(Design("composite").names))))
    file = tmp_path / "again.toml"
    file.write_text(as_toml(batch, "one line\nand another"))
    again = read_scenario(str(file)).batch()
    np.testing.assert_allclose(again.weights, batch.weights, rtol=2e-3)
    for slug, values in batch.laws.items():
        for name, value in values.items():
            assert again.laws[slug][name][0] == pytest.approx(value[0], rel=2e-3, abs=1e-4)


def test_the_reference_is_a_scenario_file_and_comes_near_the_record():
    assert read_scenario(str(REFERENCE)).batch().weights.tolist() == named("composite").batch().weights.tolist()
    setting = from_record(load())
    outcome = simulate(setting, named("composite").batch(12), np.arange(12, dtype=np.uint64))
    arrested = outcome.weekly[:, :, :, 0].sum(axis=2)
    year = lambda y: arrested[:, 52 * (y - 1934) : 52 * (y - 1933)].sum(axis=1)  # noqa: E731
    told = {int(row["year"]): row["arrested_by_organs"] for row in load().series["annual-repression"].rows
            if str(row["year"]) in ("1937", "1938")}  # fmt: skip
    for y in (1937, 1938):
        assert abs(np.log(np.median(year(y)) / told[y])) < 0.35, y
    order, decree = calendar.week_of(calendar.ORDER_00447), calendar.week_of(calendar.DECREE)
    assert abs(np.median(outcome.launch) - order) < 8 and abs(np.median(outcome.stop) - decree) < 12


def test_the_codes_digest_covers_every_module_that_a_run_loads():
    """What `simulate` imports of the model is in the digest; a bank must not outlive a change there."""
    code = (
        "import sys, pathlib, thirtyseven; from thirtyseven.simulation import run;"
        "root = pathlib.Path(thirtyseven.__file__).parent;"
        "ours = [m for n, m in sys.modules.items() if n.startswith('thirtyseven.')];"
        "print(*(pathlib.Path(m.__file__).relative_to(root).as_posix() for m in ours))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    covered = tuple(name if name.endswith(".py") else f"{name}/" for name in MODEL)
    own = [m for m in loaded if m.split("/")[0] in ("society", "explanations", "scenario", "simulation", "summaries")]
    apart = {"simulation/__init__.py", "scenario/offices.py", "scenario/switches.py"}
    assert len(own) > 15 and [m for m in own if not m.startswith(covered) and m not in apart] == []
