"""Zip files that are the same bytes every time."""

from __future__ import annotations

import io
import zipfile

DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip file can hold; outputs carry no time of making."""


def steady(made: bytes) -> bytes:
    """Pack an archive again with fixed dates, the order of its entries kept.

    Args:
        made: a zip file such as a DOCX or an APKG.

    Returns:
        The same contents, compressed, without times or rights of the machine that made them.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return out.getvalue()
