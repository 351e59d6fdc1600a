"""The pages of runs: choose, wait, look, set two side by side; every address holds all settings."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Hashable
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from thirtyseven.pages.app import problem
from thirtyseven.pages.page import Shown
from thirtyseven.pages.runs.pool import Full, Job, pool_of
from thirtyseven.pages.runs.settings import EXPLAINING, SCALES, VARIANTS, Settings, SettingsError, settings_of
from thirtyseven.pages.runs.shown import (
    channels_table,
    cited_as,
    difference,
    months_figure,
    persons_said,
    persons_tables,
    regions_figure,
    said_of,
    title_of,
    years_table,
)
from thirtyseven.publish.names import NAMES
from thirtyseven.scenario.switches import SWITCHES

LOOK = 0.1
"""Seconds between two looks at a job."""


def _asked(request: Request) -> tuple[Hashable, str, Any]:
    """Key, kind of work and what it is given, of a run or of two."""
    if "a.explanation" in request.query_params or "b.explanation" in request.query_params:
        pair = (settings_of(request.query_params, "a."), settings_of(request.query_params, "b."))
        return ("pair", pair), "pair", pair
    one = settings_of(request.query_params)
    return ("run", one), "run", one


def address_of(kind: str, given: Any) -> str:
    """The address to cite: every setting stands in it, also those that the reader left as usual."""
    if kind == "pair":
        return f"/runs/compare?{given[0].under('a.')}&{given[1].under('b.')}"
    return f"/runs/one?{given.query}"


def _job(request: Request, asked: tuple[Hashable, str, Any]) -> Job:
    reader = request.client.host if request.client else ""
    return pool_of(request.app).ask(*asked, reader)


async def _form(request: Request) -> Response:
    context = {
        "explanations": [(slug, NAMES[slug].title) for slug in EXPLAINING], "variants": VARIANTS, "scales": SCALES,
        "switches": SWITCHES, "chosen": Settings(),
    }  # fmt: skip
    return _page(request, Shown("runs.html", "Runs", context))


async def _one(request: Request) -> Response:
    return await _answer(request)


async def _compare(request: Request) -> Response:
    return await _answer(request)


async def _answer(request: Request) -> Response:
    """The result where it is there, else a page that waits for it."""
    try:
        asked = _asked(request)
        job = _job(request, asked)
    except SettingsError as fault:
        return problem(request, 400, str(fault))
    except Full as fault:
        return _full(request, fault)
    _, kind, given = asked
    chosen = given if kind == "pair" else (given,)
    lasts = any(one.scale == "everybody" for one in chosen)  # its reader should see at once that it is under way
    for _ in range(0 if lasts else 3):  # what takes a tenth of a second needs no page to wait on
        if job.ended.is_set():
            break
        await asyncio.sleep(LOOK / 2)
    if job.state == "failed":
        pool_of(request.app).drop(job)  # said once; whoever asks again begins anew
        return problem(request, job.status if job.status == 507 else 503, job.fault)
    if job.result is None:
        address = address_of(kind, given)
        shown = Shown("run_wait.html", "A run under way", {
            "share": job.share, "words": job.words, "address": address, "progress": f"/runs/progress?{address.partition('?')[2]}",
            "chosen": [said_of(one) for one in chosen],
        })  # fmt: skip
        return _page(request, shown, address)
    return await asyncio.to_thread(_result, request, job.kind, job.result)


def _result(request: Request, kind: str, result: dict[str, Any]) -> Response:
    library = request.app.state.library
    runs = [result] if kind == "run" else [result["a"], result["b"]]
    titles = [title_of(run) for run in runs]
    chosen = tuple(run["settings"] for run in runs)
    address = address_of(kind, chosen if kind == "pair" else chosen[0])
    context = {
        "runs": list(zip(titles, runs, strict=True)), "months": months_figure(library, runs), "years": years_table(library, runs),
        "channels": channels_table(runs), "maps": [regions_figure(library, run, f"regions-{i}") for i, run in enumerate(runs)],
        "persons": persons_tables(result["persons"]) if kind == "pair" and result["persons"] else (),
        "differs": difference(runs) if kind == "pair" else "",
        "met": persons_said(result["persons"]) if kind == "pair" and result["persons"] else "",
        "whole": address, "named": " beside ".join(cited_as(run) for run in runs),
    }  # fmt: skip
    seeds = ", ".join(dict.fromkeys(str(run["settings"].seed) for run in runs))
    return _page(request, Shown("run.html", f"{' beside '.join(titles)}, seed {seeds}", context), address)


def _full(request: Request, fault: Full) -> Response:
    response = problem(request, 503, str(fault))
    response.headers["retry-after"] = "60"
    return response


async def _progress(request: Request) -> Response:
    """How far a run is, as server-sent events; a reader who leaves is noticed."""
    try:
        job = _job(request, _asked(request))
    except SettingsError as fault:
        return problem(request, 400, str(fault))
    except Full as fault:
        return _full(request, fault)
    return StreamingResponse(_events(request, job), media_type="text/event-stream", headers={"cache-control": "no-store"})


async def _events(request: Request, job: Job) -> AsyncIterator[str]:
    job.listeners += 1
    told: tuple[Any, ...] = ()
    try:
        while not job.ended.is_set():
            now = (job.state, round(job.share, 3), job.words)
            if now != told:
                told = now
                yield f"data: {json.dumps(dict(zip(('state', 'share', 'words'), now, strict=True)))}\n\n"
            if await request.is_disconnected():
                return
            await asyncio.sleep(LOOK)
        yield f"event: end\ndata: {json.dumps({'state': job.state})}\n\n"
    finally:
        job.listeners -= 1
        job.look()


def _page(request: Request, shown: Shown, address: str = "") -> Response:
    headers = {"cache-control": "no-store"}
    return HTMLResponse(request.app.state.desk.show(shown, address or request.url.path), shown.status, headers)


_RUNS = Route("/runs", _form, methods=["GET"])
_RUNS.word = "Runs"  # type: ignore[attr-defined]
ROUTES = (
    _RUNS,
    Route("/runs/one", _one, methods=["GET"]),
    Route("/runs/compare", _compare, methods=["GET"]),
    Route("/runs/progress", _progress, methods=["GET"]),
)
