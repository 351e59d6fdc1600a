"""Reads a question with several answers on one line, of which one is marked: what is said is the marked one."""

from __future__ import annotations

import re

_OPTION = re.compile(r"(?:^|\s)\(?(?P<letter>[a-eA-E])[.)]\s+")
_KEY = re.compile(
    r"\s*(?:->|→|=>|=|[(\[,.;–—-]?\s*(?:answer|ans|key|solution|correct|right)\s*(?:is|:|=)?)\s*\(?(?P<letter>[a-eA-E])\)?[).\]]?\s*$",
    re.IGNORECASE,
)
_TICK = re.compile(r"\s*(?:[(\[]\s*(?:x|✓|✔|right|correct|true|!)\s*[)\]]|✓|✔|√|☑|<-+|←|\*+|!+)\s*$", re.IGNORECASE)


def chosen(text: str) -> tuple[str, str] | None:
    """The stem of a multiple choice and the option that is marked as right.

    Args:
        text: one line, with at least two options behind letters.

    Returns:
        Stem and option, or ``None`` if no option, or more than one, is marked.
    """
    key = _KEY.search(text)
    body = text[: key.start()] if key else text
    marks = list(_OPTION.finditer(body))
    letters = "".join(mark["letter"].lower() for mark in marks)
    if len(marks) < 2 or not "abcde".startswith(letters):
        return None
    stem = body[: marks[0].start()].strip()
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    options = [body[mark.end() : end].strip(" ,;/|") for mark, end in zip(marks, ends, strict=True)]
    ticked = [option for option in options if _TICK.search(option)]
    if key and key["letter"].lower() in letters:
        ticked = [options[letters.index(key["letter"].lower())]]
    if len(ticked) != 1 or len(stem.split()) < 2:
        return None
    return stem, _TICK.sub("", ticked[0]).strip(" .")
