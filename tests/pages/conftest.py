"""The pages with a made-up weighing, asked without a network; and a server on loopback for the browser."""

import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "publish"))

import publish_worlds

from thirtyseven.pages.app import application
from thirtyseven.pages.asking import ask
from thirtyseven.pages.library import GridRun, open_library
from thirtyseven.pages.page import Page
from thirtyseven.pages.routes import routes
from thirtyseven.publish.regions import CAMPS, region_records
from thirtyseven.publish.report import write_report
from thirtyseven.record import load


@pytest.fixture(scope="session")
def record():
    return load()


@pytest.fixture(scope="session")
def folder(tmp_path_factory, record):
    """A made-up weighing with its report; nothing in it is a result."""
    raised = frozenset(s for s, r in region_records(record).items() if r.raised_1938 > 0 and s != CAMPS)
    made = publish_worlds.write(tmp_path_factory.mktemp("winner"), "winner", record.region_slugs, raised)
    write_report(made, record)
    return made


@pytest.fixture(scope="session")
def library(record, folder):
    """Pages with everything: record, weighing, and a grid of two made-up runs."""
    years = {str(y): {"arrested": 10 * y, "sentenced": 5 * y, "first_category": y} for y in range(1934, 1940)}
    grid = tuple(
        GridRun("plan", "strict", seed, f"{seed:016x}", tuple(100 * i for i in range(36)), years, "1937-08-02", "")
        for seed in (1, 2)
    )
    held = open_library(record, folder)
    return type(held)(held.record, held.weighed, held.missing, grid)


@pytest.fixture(scope="session")
def bare(record):
    """Pages without a weighing."""
    return open_library(record, None)


@pytest.fixture(scope="session")
def app(library):
    return application(library)


@pytest.fixture(scope="session")
def get(app):
    """Ask for one address."""
    return lambda address: next(ask(app, [address]))


def every(library):
    """All addresses by route."""
    return {one.path: list(one.addresses(library)) for one in routes() if isinstance(one, Page)}


@pytest.fixture(scope="session")
def sample(library):
    """The first, the middle and the last address of every route."""
    out = []
    for held in every(library).values():
        out += dict.fromkeys(held[i] for i in (0, len(held) // 2, -1)) if held else []
    return out


@pytest.fixture(scope="session")
def kinds(library):
    """One address of every route."""
    return [held[len(held) // 2] for held in every(library).values() if held]


@pytest.fixture(scope="session")
def served(library):
    """The pages on a free loopback port, as a browser meets them."""
    import uvicorn

    config = uvicorn.Config(application(library), host="127.0.0.1", port=0, log_level="warning", ws="none", lifespan="off")
    listening = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@pytest.fixture(scope="session")
def server():
    """The pages as `thirtyseven serve` runs them, their workers ready: a first run is done."""
    from pages_server import Server

    held = Server()
    held.run("/runs/one?seed=1", 120)
    yield held
    held.close()
