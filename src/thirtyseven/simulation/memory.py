"""How much memory a run of everybody needs, and whether it is there."""

from __future__ import annotations

import os
from pathlib import Path

MARGIN = 0.9
"""Share of the free memory that a run may take; the rest is left to the machine."""
_MEMINFO = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")


class MemoryRefused(ValueError):
    """A run that would need more memory than there is, with the way out."""


def available() -> int | None:
    """Bytes that can be taken now, or None where the system does not say.

    The least of what Linux calls available, what the control group leaves, and free pages where only these are known.
    """
    found = [value for value in (_meminfo(), _control_group()) if value is not None]
    if found:
        return min(found)
    try:
        return int(os.sysconf("SC_AVPHYS_PAGES")) * int(os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, ValueError, OSError):
        return None


def expect(needed: int, way_out: str) -> None:
    """Refuse what would not fit.

    Args:
        needed: bytes.
        way_out: what to do instead, as the end of a sentence.

    Raises:
        MemoryRefused: there is less; where the system does not say, nothing is refused.
    """
    free = available()
    if free is not None and needed > MARGIN * free:
        raise MemoryRefused(
            f"This run needs about {needed / 1e6:,.0f} MB of memory beyond what the program already holds, and "
            f"{free / 1e6:,.0f} MB are free: {way_out}."
        )


def _meminfo() -> int | None:
    try:
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    said = {name: rest.split() for name, _, rest in (line.partition(":") for line in lines)}
    value = said.get("MemAvailable")
    return int(value[0]) * 1024 if value and value[0].isdigit() else None


def _control_group() -> int | None:
    try:
        most = (_GROUP / "memory.max").read_text(encoding="ascii").strip()
        used = (_GROUP / "memory.current").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return max(0, int(most) - int(used)) if most.isdigit() and used.isdigit() else None
