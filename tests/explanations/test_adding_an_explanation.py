"""The page on adding an explanation is run: its ninth explanation is taken from the page and put to work."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from crude_core import from_prior, play

from thirtyseven import explanations
from thirtyseven.explanations import EXPLANATIONS, by_slug
from thirtyseven.explanations.base import DRIVES, FIELDS, Explanation
from thirtyseven.society.setting import Setting

PAGE = Path(__file__).parents[2] / "docs" / "adding-an-explanation.md"

WHOLE_PROGRAM = """
import sys
import numpy as np
from pathlib import Path
from thirtyseven import explanations

space = {}
exec(Path(sys.argv[1]).read_text(encoding="utf-8"), space)
explanations.EXPLANATIONS = (*explanations.EXPLANATIONS, space["EXPLANATION"])

from thirtyseven.record import load
from thirtyseven.scenario import Design
from thirtyseven.simulation.run import simulate
from thirtyseven.society.setting import from_record

for kind in ("labour/charitable", "composite"):
    design = Design(kind)
    point = np.full((2, len(design.coordinates)), 0.3)
    outcome = simulate(from_record(load()), design.batch(point), np.array([1, 2], np.uint64), weeks=(0, 200))
    print(kind, outcome.drives[:, :200].max().round(2), any(name.startswith("labour.") for name in design.names))
"""


@pytest.fixture(scope="module")
def code() -> str:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(blocks) == 1
    return blocks[0]


@pytest.fixture(scope="module")
def ninth(code: str) -> Explanation:
    space: dict = {}
    exec(compile(code, str(PAGE), "exec"), space)
    return space["EXPLANATION"]


@pytest.mark.parametrize("variant", ["strict", "charitable"])
def test_it_keeps_the_promises_of_the_table(
    ninth: Explanation, variant: str, setting: Setting, seeds: np.ndarray
) -> None:
    values = from_prior(ninth, len(seeds), variant, 1)
    history = play(ninth.law(variant), setting, values, seeds)
    alone = play(ninth.law(variant), setting, {k: v[3:4] for k, v in values.items()}, seeds[3:4])
    for name in DRIVES:
        assert getattr(history, name).min() >= 0.0 and getattr(history, name).max() <= 1.0
    for one, all_ in zip(alone.controls, history.controls, strict=True):
        assert all(np.array_equal(getattr(one, name)[0], getattr(all_, name)[3]) for name in FIELDS)
    assert not history.elite.any() and history.mass.max() > 0.5
    assert min(controls.category.min() for controls in history.controls) < -0.5


def test_one_line_in_the_list_is_enough_to_find_it(ninth: Explanation, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="no explanation 'labour'"):
        by_slug("labour")
    monkeypatch.setattr(explanations, "EXPLANATIONS", (*EXPLANATIONS, ninth))
    assert by_slug("labour") is ninth


def test_the_whole_program_takes_it_up(code: str, tmp_path: Path) -> None:
    """Alone and in the composite, on the real core, without another change."""
    page = tmp_path / "labour.py"
    page.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WHOLE_PROGRAM, str(page)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    alone, composite = (line.split() for line in done.stdout.splitlines())
    assert float(alone[1]) > 0.3 and alone[2] == "True" and composite[2] == "True"
