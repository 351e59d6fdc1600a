"""Where the repository's own files are, for the rules of the house."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "thirtyseven"


def tracked() -> list[Path]:
    """Files that belong to the repository: all that git does not ignore, or the source where there is no git."""
    asked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    if asked.returncode == 0:
        return [ROOT / line for line in asked.stdout.splitlines() if (ROOT / line).is_file()]
    return [path for folder in ("src", "tests", "docs") for path in (ROOT / folder).rglob("*") if path.is_file()]


def texts() -> list[Path]:
    """Files of the repository that people write and read: no data tables, no pictures."""
    kinds = {".py", ".md", ".toml", ".cff", ".ipynb", ".html", ".css", ".txt", ".yaml", ".yml", ""}
    return [p for p in tracked() if p.suffix in kinds and "record/data" not in p.as_posix()]


def modules() -> list[Path]:
    """Python files of the program."""
    return sorted(SOURCE.rglob("*.py"))
