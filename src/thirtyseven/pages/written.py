"""The pages as files: every page asked for once, links made relative, so that a folder can be opened or copied anywhere."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from thirtyseven.pages.app import application
from thirtyseven.pages.asking import Asked, ask
from thirtyseven.pages.library import Library
from thirtyseven.pages.page import Page
from thirtyseven.pages.routes import routes

MARK = ".thirtyseven-site"
"""File by which a folder is known to be a site of ours, which may be written again."""
_LINK = re.compile(r'(<a\b[^>]*?) href="(/[^"]*)"([^>]*)>(.*?)</a>|\b(href|src)="(/[^"]*)"', re.DOTALL)

Progress = Callable[[str, int, int], None]


class SiteError(ValueError):
    """A site that cannot be written; the message is one sentence with the way out."""


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes:
        files: number of files.
        size: bytes in all.
        dead: addresses that pages name and the site has not; their links became text.
    """

    files: int
    size: int
    dead: tuple[str, ...]


def addresses(library: Library) -> list[str]:
    """Every address of every page, in the order of the routes, each once."""
    found = [address for one in routes() if isinstance(one, Page) for address in one.addresses(library)]
    return list(dict.fromkeys(found))


def file_of(address: str, is_page: bool) -> str:
    """The file in which an address is written, such as "claims/C-0701.html"."""
    name = address.strip("/") or "index"
    return name if not is_page or name.endswith(".html") else f"{name}.html"


def write_site(library: Library, out: Path, progress: Progress | None = None) -> Written:
    """Write all pages into a folder.

    Args:
        library: what they are made of.
        out: the folder; made where it is missing. One that was written before is replaced as a whole, once the new
            one is complete; any other folder must be empty.
        progress: told (stage, done, total).

    Returns:
        What was written.

    Raises:
        SiteError: the folder holds something else, or a page could not be made.
        OSError: it cannot be written.
    """
    _expect_ours(out)
    draft = out.with_name(f"{out.name}.writing")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        written = _write_all(library, draft, progress)
        if out.exists():
            shutil.rmtree(out)
        draft.replace(out)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return written


def _expect_ours(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise SiteError(f"{out} is a file, not a folder; name a folder after --out.")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise SiteError(f"{out} holds other files, and a site is written as a whole; name a new or an empty folder after --out.")


def _write_all(library: Library, draft: Path, progress: Progress | None) -> Written:
    wanted = addresses(library)
    app = application(library, hosts=None, offline=True)
    answers: list[Asked] = []
    for done, answer in enumerate(ask(app, wanted), start=1):
        if answer.status != 200:
            raise SiteError(f"The page {answer.address} could not be made (status {answer.status}); nothing was written.")
        answers.append(answer)
        if progress is not None and (done % 50 == 0 or done == len(wanted)):
            progress("pages", done, len(wanted))
    places = {answer.address: file_of(answer.address, answer.is_page) for answer in answers}
    dead: dict[str, None] = {}
    size = 0
    for answer in answers:
        body = answer.body
        if answer.is_page:
            body = relative(body.decode(), places[answer.address], places, dead).encode()
        path = draft / places[answer.address]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        size += len(body)
    (draft / MARK).write_text(f"{library.edition}\n", encoding="utf-8")
    return Written(len(answers), size, tuple(dead))


def relative(page: str, at: str, places: dict[str, str], dead: dict[str, None]) -> str:
    """A page with links that work wherever the folder lies.

    Args:
        page: its HTML, with absolute addresses.
        at: its own file.
        places: address to file, of all that is written.
        dead: addresses that lead nowhere are added here; their links become text.
    """
    folder = posixpath.dirname(at)

    def lead(address: str) -> str | None:
        path, mark, rest = address.partition("#")
        if path not in places:
            dead[address] = None
            return None
        return posixpath.relpath(places[path], folder or ".") + mark + rest

    def change(found: re.Match[str]) -> str:
        before, address, after, inside, name, other = found.groups()
        if name is not None:
            where = lead(other)
            return f'{name}="{where}"' if where is not None else f'{name}="#"'
        where = lead(address)
        return f"<span>{inside}</span>" if where is None else f'{before} href="{where}"{after}>{inside}</a>'

    return _LINK.sub(change, page)


def links(page: str) -> Iterable[str]:
    """Every address of our own that a page names, without fragments."""
    return dict.fromkeys(found.partition("#")[0] for found in re.findall(r'\b(?:href|src|action)="(/[^"]*)"', page))
