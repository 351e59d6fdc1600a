"""What the commands print, and on which stream."""

import json
import logging
import sys

import pytest

from thirtyseven.cli.app import main
from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.explanations.base import CHANNELS


@pytest.fixture
def say(capsys, monkeypatch):
    """Run a command here; its exit code, standard output and standard error."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["thirtyseven", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        return (end.value.code, *capsys.readouterr())

    yield run
    logging.getLogger("thirtyseven").setLevel(logging.WARNING)


def test_version_and_help(say):
    assert say("--version")[:2] == (0, "thirtyseven 0.1.0\n")
    code, out, err = say()
    assert code == 0 and "weigh" in out and "record" in out and err == ""
    code, out, _ = say("run", "--help")
    assert code == 0 and "cannot show what people lived through" in " ".join(out.split())


def test_run_says_years_and_months_beside_the_record(say):
    code, out, err = say("run", "plan")
    assert code == 0 and "recorded" in out and "Arrests by month" in out and "digest" in out
    assert "no figure" in out and "936,750" in out
    assert "weeks: 313 of 313" in err


def test_json_is_alone_and_holds_what_is_promised(say):
    code, out, err = say("run", "threat", "--json", "--seed", "5")
    said = json.loads(out)
    assert code == 0 and err == "" and out.count("\n") == 1
    assert {"scenario", "seed", "resolution", "people", "weeks", "events", "digest", "by_year", "seconds"} <= set(said)
    assert said["seed"] == 5 and said["resolution"] == "counts" and said["people"] == 162_003_225 and said["weeks"] == 313
    assert set(said["by_year"][0]) == {"year", "channel", "arrested", "sentenced", "first_category", "released"}
    assert len(said["by_year"]) == 6 * len(CHANNELS)
    counted = sum(row["arrested"] + row["sentenced"] + row["released"] for row in said["by_year"])
    assert said["events"] == counted > 1_000_000
    assert sum(row["first_category"] for row in said["by_year"]) <= sum(row["sentenced"] for row in said["by_year"])


def test_same_seed_same_past_other_seed_another(say):
    digests = [json.loads(say("run", "plan", "--json", "--seed", seed)[1])["digest"] for seed in (1, 1, 2)]
    assert digests[0] == digests[1] != digests[2]


def test_quiet_and_verbose(say):
    assert say("run", "plan", "--quiet")[2] == ""
    err = say("run", "plan", "--quiet", "--verbose")[2]
    assert "record" in err and "digest" in err and len(err.splitlines()) == 1


@pytest.mark.parametrize("slug", [item.slug for item in EXPLANATIONS])
def test_strict_and_charitable_are_two_pasts(say, slug):
    digests = [
        json.loads(say("run", slug, "--json", "--variant", variant, "--until", "1937-12-31")[1])["digest"]
        for variant in ("strict", "charitable")
    ]
    assert digests[0] != digests[1]


def test_a_file_of_ones_own(say, tmp_path):
    path = tmp_path / "two.toml"
    path.write_text(
        'name = "two of them"\nfrom = "1936-01-01"\nuntil = "1937-12-31"\n[weights.mass]\nagencies = 0.6\nplan = 0.4\n',
        encoding="utf-8",
    )
    code, out, _ = say("run", path, "--json", "--out", tmp_path / "out", "--statistics", tmp_path / "past.csv")
    said = json.loads(out)
    assert code == 0 and said["scenario"]["name"] == "two of them" and said["weeks"] == 105
    assert not [row for row in said["by_year"] if row["year"] in (1934, 1938, 1939) and row["arrested"]]
    kept = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert kept == said
    assert (tmp_path / "out" / "months.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (tmp_path / "past.csv").read_text(encoding="utf-8").startswith("id,phase,value")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "past.csv", "two.toml"]


def test_what_a_run_writes_can_be_observed(say, tmp_path):
    from thirtyseven.summaries import STATISTICS, read_table

    assert say("run", "composite", "--quiet", "--statistics", tmp_path / "past.csv")[0] == 0
    assert read_table(tmp_path / "past.csv").shape == (len(STATISTICS),)


def test_a_terminal_without_cyrillic_is_no_fault():
    import os
    import subprocess

    asked = subprocess.run(
        [sys.executable, "-m", "thirtyseven", "record", "A-stalin"], capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert asked.returncode == 0 and b"Joseph Stalin" in asked.stdout and asked.stderr == b""
