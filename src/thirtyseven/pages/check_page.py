"""Check: somebody's notes with remarks in the margin. Nothing is stored, and nothing leaves the machine."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any

from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from thirtyseven.pages.app import problem
from thirtyseven.pages.page import Shown
from thirtyseven.pages.runs.pool import Full, Job, pool_of

LARGEST = 2_500_000
"""Bytes that may be sent."""
LONGEST = 30.0
"""Seconds that reading may take."""
PATIENT = 60.0
"""Seconds that notes may wait for a free place."""
VERDICTS = {"agrees": "v-agrees", "wrong": "v-wrong", "different definition": "v-different", "disputed": "v-disputed"}
EXAMPLE = (
    "In 1937 and 1938 681,692 people were sentenced to death.\nOne in eight of the population was arrested.\n"
    "Kirov was murdered on 1 December 1934."
)
_number = itertools.count()


async def _form(request: Request) -> Response:
    return _page(request, {"text": "", "files": None, "example": EXAMPLE})


async def _check(request: Request) -> Response:
    """Read what was sent, hand it to a worker, and show it with remarks."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return problem(request, 403, "Notes can be sent from this page alone; open it and paste them there.")
    too_much = f"That is more than {LARGEST / 1e6:g} MB; send the notes in smaller parts, or use `thirtyseven check`."
    if not await _fits(request):
        return problem(request, 413, too_much)
    try:
        name, content = await _sent(request)
    except (MultiPartException, ValueError, LookupError):
        return problem(request, 400, "What was sent cannot be read as this page's form; paste the notes and send them again.")
    if not content.strip():
        return problem(request, 400, "There is nothing to check yet; paste some notes, or choose a file.")
    try:
        job = pool_of(request.app).ask(("notes", next(_number)), "notes", (name, content), f"notes of {_reader(request)}")
    except Full as fault:
        busy = problem(request, 503, str(fault))
        busy.headers["retry-after"] = "60"
        return busy
    try:
        await _read(request, job)
        if job.result is None:
            late = "The machine is busy with runs; send the notes again in a minute."
            if job.state == "running":
                late = "Reading took too long; send the notes in smaller parts."
            return problem(request, job.status if job.fault else 503, job.fault or late)
        return _page(request, {"text": "", "files": [_shown(name, job.result)], "example": EXAMPLE})
    finally:
        job.seen = 0.0
        pool_of(request.app).drop(job)


async def _read(request: Request, job: Job) -> None:
    """Wait until the notes are read, the reader has left, or the time is over."""
    began = reading = time.monotonic()
    while not job.ended.is_set() and not await request.is_disconnected():
        now = time.monotonic()
        reading = reading if job.state == "running" else now
        if now - reading > LONGEST or reading - began > PATIENT:
            return
        job.look()
        await asyncio.sleep(0.02)


async def _fits(request: Request) -> bool:
    """Read the body as far as it may go; the form is then read from what was kept."""
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:12]) > LARGEST:
        return False
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) > LARGEST:
            return False
    request._body = bytes(held)  # what Request.body() keeps
    return True


class _InMemory(MultiPartParser):
    """Reads a form without the temporary file that larger uploads would otherwise get: notes never reach the disk."""

    spool_max_size = LARGEST + 1


async def _sent(request: Request) -> tuple[str, bytes]:
    """Name and bytes of the notes: a file where one was chosen, else the text."""
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        form = await _InMemory(
            request.headers, request.stream(), max_files=1, max_fields=4, max_part_size=LARGEST
        ).parse()  # fmt: skip
    else:
        form = await FormParser(request.headers, request.stream(), max_fields=4, max_part_size=LARGEST).parse()
    file = form.get("file")
    if isinstance(file, UploadFile) and file.size:
        return (file.filename or "notes")[:120], await file.read()
    text = form.get("notes")
    return "pasted notes", text.encode(errors="replace") if isinstance(text, str) else b""


def _shown(name: str, result: dict[str, Any]) -> dict[str, Any]:
    """Lines with their remarks, each line once."""
    by_line: dict[int, list[dict[str, Any]]] = {}
    for remark in result["remarks"]:
        by_line.setdefault(remark["line"], []).append(remark)
    rows, seen = [], set()
    for line in result["lines"]:
        fresh = line["number"] not in seen
        seen.add(line["number"])
        if fresh or line["text"].strip():
            rows.append({"number": line["number"], "text": line["text"].expandtabs(4),
                         "remarks": by_line.get(line["number"], []) if fresh else []})  # fmt: skip
    counts = [(word, sum(one["verdict"] == word for one in result["remarks"])) for word in VERDICTS]
    return {"name": name, "rows": rows, "counts": [(word, n) for word, n in counts if n]}


def _reader(request: Request) -> str:
    return request.client.host if request.client else ""


def _page(request: Request, context: dict[str, Any]) -> Response:
    title = "Notes with remarks" if context["files"] else "Check notes"
    shown = Shown("check.html", title, context | {"classes": VERDICTS})
    return HTMLResponse(request.app.state.desk.show(shown, "/check"), headers={"cache-control": "no-store"})


_CHECK = Route("/check", _form, methods=["GET"], name="check")
_CHECK.word = "Check"  # type: ignore[attr-defined]
ROUTES = (_CHECK, Route("/check", _check, methods=["POST"], name="checked"))
