"""Several files as one to take away: a zip with fixed dates, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from thirtyseven.publish.study.zipped import DAY


def packed(files: Mapping[str, bytes]) -> bytes:
    """Pack files into one zip.

    Args:
        files: name to contents.

    Returns:
        The zip: entries sorted by name, without times or rights of the machine that made them.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as held:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            held.writestr(entry, files[name])
    return out.getvalue()
