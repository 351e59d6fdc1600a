"""No path leads out of the repository; nothing speaks of the subject as of a game."""

import re

from house import ROOT, texts

OURSELVES = "tests/house/test_house_words.py"
PATHS = re.compile(r"""(?<![\w.:/])/(?:root|home|Users|tmp|mnt|var/folders)/\w""")
GAME = re.compile(
    r"\b(?:high ?score|game over|level up|leaderboard|badge|streak|kill count|body count|most efficient|"
    r"(?:kill|repression|purge) (?:efficiency|performance|score))\b",
    re.IGNORECASE,
)


def found(pattern):
    hits = []
    for path in texts():
        name = path.relative_to(ROOT).as_posix()
        if name == OURSELVES or name.startswith("LICENSE"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line):
                hits.append(f"{name}:{number}: {line.strip()[:100]}")
    return hits


def test_no_absolute_path_is_left():
    assert len(texts()) > 100
    assert found(PATHS) == []


def test_no_words_of_a_game():
    """Nowhere in what a reader meets; tests may name what they forbid, and VISION.md says what we do not build."""
    assert [hit for hit in found(GAME) if not hit.startswith(("VISION.md", "tests/"))] == []


def test_the_patterns_find_what_they_should():
    assert PATHS.search("see /home/me/x") and PATHS.search('"/tmp/out"') and not PATHS.search("out/tmp/x")
    assert GAME.search("the most efficient purge") and not GAME.search("a more efficient sampler")


def test_only_one_drawer_for_each_thing():
    """No module is named after nothing in particular."""
    names = {path.stem for path in texts() if path.suffix == ".py"}
    assert not names & {"utils", "util", "helpers", "misc", "common", "tools"}
