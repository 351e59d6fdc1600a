"""Calibration finds honest intervals honest and narrow ones narrow, and works on a weighing's own fits."""

import json

import numpy as np
import pytest
from inference_toys import Composite

from thirtyseven.cli.app import main
from thirtyseven.inference.bank import Bank
from thirtyseven.inference.budget import Budget
from thirtyseven.inference.calibration import LEVELS, kinds_of, of_work, overall, ranks, reopen, summed
from thirtyseven.inference.finished import Finished, UnfinishedError, open_weighing, write_beside
from thirtyseven.inference.fits import Fits
from thirtyseven.inference.predict import Draws
from thirtyseven.inference.work import Work
from thirtyseven.publish.chapters import calibration as chapter
from thirtyseven.publish.pages import environment

TINY = Budget("tiny", (160, 160), (0,), (0,), particles=80, sweeps=5, truths=6)


def gaussian(truths, widths, seed=3):
    """Known truths of a normal mean with one observation, in the cube; the posterior has the right width times `widths`."""
    rng = np.random.default_rng(seed)
    from scipy.special import ndtr

    z = rng.standard_normal((truths, 2))
    seen = z + rng.standard_normal(z.shape)
    points = seen[:, None] / 2 + widths * np.sqrt(0.5) * rng.standard_normal((truths, 400, 2))
    return ndtr(points), ndtr(z)


def test_honest_intervals_are_found_honest():
    points, truths = gaussian(800, np.array([1.0, 1.0]))
    own = summed(("a", "b"), points, truths, points[0])
    for level in LEVELS:
        entry = own["coverage"][f"{round(100 * level)}"]
        assert abs(entry["mean"] - level) < 3 * entry["error"]
    assert own["not_uniform"] == 0
    for row in own["parameters"]:
        assert abs(row["contraction_truths"] - 0.5) < 0.05 and row["moved"]
        assert row["ranks"].sum() == 800


def test_narrow_intervals_and_unmoved_numbers_are_found():
    points, truths = gaussian(800, np.array([0.4, 1.0]))
    prior = np.random.default_rng(1).random((3000, 2))
    narrow, honest = summed(("narrow", "honest"), points, truths, prior)["parameters"]
    assert narrow["covered95"] < 0.8 and narrow["uniform"] < 0.01
    assert honest["uniform"] > 0.01
    assert not honest["moved"] and abs(honest["contraction"]) < 0.1


def test_ranks_count_ties_half():
    points = np.array([[0.1, 0.2, 0.2, 0.9]])
    assert ranks(points, np.array([0.2])) == pytest.approx([0.5])
    assert overall([])["tests"] == 0


def test_a_weighings_own_fits_are_calibrated_and_resumed(tmp_path):
    toy = Composite()
    toy.kinds = ("plan/strict", "plan/charitable")  # two kinds are enough, and quick
    u = np.full((1, len(toy.names("plan/charitable"))), 0.5)
    observed = toy.run("plan/charitable", u, np.array([7], dtype=np.uint64))[0]
    said = []
    bank = Bank(tmp_path / "bank", toy)
    work = Work(toy, observed, TINY, 11, bank, Fits(bank.shards / "fits", 1, lambda *a: said.append(a)), 1)
    result = of_work(work, list(toy.kinds[1:]))
    own = result["plan/charitable"]
    assert own["truths"] > 0
    assert {r["name"] for r in own["parameters"]} == set(toy.names("plan/charitable"))
    made = toy.made
    again = of_work(work, list(toy.kinds[1:]))
    assert toy.made == made  # nothing is run twice
    assert json.dumps(again, default=np.ndarray.tolist) == json.dumps(result, default=np.ndarray.tolist)


def test_other_core_code_is_refused(tmp_path):
    result = {"budget": "quick", "observed": "record", "seed": 1}
    with pytest.raises(UnfinishedError, match="other core code"):
        reopen(Finished(tmp_path, result, {}, False), None)
    with pytest.raises(UnfinishedError, match="budget of its own"):
        reopen(Finished(tmp_path, result | {"budget": "mine"}, {}, True), None)


def test_reported_kinds_are_the_composite_and_what_fits():
    fits = {k: {"score": {"mean": m}} for k, m in (("composite", 1.0), ("composite-without-plan", 1.0), ("plan/strict", 3.0),
                                                   ("agencies/strict", 1.1), ("below/strict", 2.0))}  # fmt: skip
    draws = {k: Draws(k, np.zeros((1, 2)), np.zeros(1, np.uint64), 1, True) for k in fits}
    assert kinds_of(Finished("x", {"fits": fits, "robust": {"kinds": ["below/strict"]}}, draws, True)) == [
        "composite", "below/strict"]  # fmt: skip
    assert kinds_of(Finished("x", {"fits": fits, "robust": {"kinds": ["composite"]}}, draws, True)) == [
        "composite", "agencies/strict", "below/strict"]  # fmt: skip


def test_folders_without_a_weighing_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(UnfinishedError, match="run `thirtyseven weigh"):
        open_weighing(tmp_path)
    (tmp_path / "result.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnfinishedError, match="cannot be read"):
        open_weighing(tmp_path)
    (tmp_path / "result.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UnfinishedError, match="not what"):
        open_weighing(tmp_path)


def test_the_chapter_says_what_came_out(tmp_path):
    points, truths = gaussian(200, np.array([1.0, 0.3]))
    own = summed(("a", "b"), points, truths, points[0])
    content = {"levels": LEVELS, "kinds": {"plan/strict": own}, "all": overall(own["parameters"])}
    path = write_beside(Finished(tmp_path, {}, {}, True), "calibration", content)
    assert [p.name for p in tmp_path.iterdir()] == ["calibration.json"]
    context = chapter.view(json.loads(path.read_text(encoding="utf-8")))
    assert "too narrow" in context["figure"].finding
    page = environment().get_template("chapters/calibration.html").render(**context)
    assert "plan/strict: 200 known truths" in page and "<svg" in page


@pytest.mark.parametrize("command", ["calibrate", "heldout", "sensitivity"])
def test_commands_without_a_weighing_say_what_to_do(command, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["thirtyseven", command, "--bank", str(tmp_path / "none"), "--json"])
    with pytest.raises(SystemExit) as end:
        main()
    captured = capsys.readouterr()
    assert end.value.code == 2 and captured.out == ""
    assert captured.err.count("\n") == 1 and "thirtyseven weigh" in captured.err
