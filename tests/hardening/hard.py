"""How a refusal must look, and the two ways to provoke one: in this process, and in one of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from thirtyseven.cli.app import main


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


def here(words, capsys, monkeypatch):
    """Run a command in this process."""
    monkeypatch.setattr(sys, "argv", ["thirtyseven", *map(str, words)])
    capsys.readouterr()
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return Said(code, out, err)


def process(words, *, timeout=240, env=None, **more):
    """Run a command as a process of its own."""
    asked = subprocess.run(
        [sys.executable, "-m", "thirtyseven", *map(str, words)], capture_output="stdout" not in more, text=True,
        timeout=timeout, env=os.environ | (env or {}), **({"stderr": subprocess.PIPE} if "stdout" in more else {}), **more,
    )  # fmt: skip
    return Said(asked.returncode, asked.stdout or "", asked.stderr)


def sentences(said):
    """What standard error says beside progress."""
    marks = ("weeks:", "runs", "Compiling", "networks", "emulated", "known truths", "none of these", "months and", "without")
    return [line for line in said.err.splitlines() if line.strip() and not line.startswith(marks)]


def expect_refusal(said, *fragments):
    """One clear sentence on standard error, nothing on standard output, exit code 2, no traceback."""
    assert said.code == 2, (said.code, said.out[-500:], said.err[-2000:])
    assert "Traceback" not in said.err + said.out
    assert said.out == ""
    told = sentences(said)
    assert len(told) == 1, told
    (line,) = told
    assert line.startswith("thirtyseven: ") and line.endswith((".", '?"')) and 25 < len(line) < 700, line
    for fragment in fragments:
        assert fragment in line, (fragment, line)
    assert "errors.pydantic.dev" not in line and "<class" not in line and "object at 0x" not in line


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder, to see that nothing was lost."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
