"""The verdict on a note, as the tests of the checker ask for it."""

from thirtyseven.notes.check import check_text
from thirtyseven.notes.known.finding import ORDER


def verdict(text: str, line: int = 0) -> str:
    """The gravest verdict of a note, or of one of its lines ("silent" if there is none)."""
    remarks = [one for one in check_text(text) if not line or one.line == line]
    return min((one.verdict for one in remarks), key=lambda word: ORDER[word], default="silent")
