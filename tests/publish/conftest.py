from pathlib import Path

import publish_worlds
import pytest

from thirtyseven.publish.finished import read_result, read_series
from thirtyseven.publish.regions import CAMPS, region_records
from thirtyseven.publish.report import write_report
from thirtyseven.record import load

WORLDS = ("winner", "nothing", "none", "missing")


@pytest.fixture(scope="session")
def record():
    return load(strict=False)


@pytest.fixture(scope="session")
def raised(record):
    return frozenset(s for s, r in region_records(record).items() if r.raised_1938 > 0 and s != CAMPS)


@pytest.fixture(scope="session")
def folders(tmp_path_factory, record, raised) -> dict[str, Path]:
    """One folder a made-up world, its report written."""
    out = {}
    for world in WORLDS:
        folder = publish_worlds.write(tmp_path_factory.mktemp(world), world, record.region_slugs, raised)
        write_report(folder, record)
        out[world] = folder
    return out


@pytest.fixture(params=WORLDS)
def world(request, folders):
    """Each made-up world in turn: its folder, result and series."""
    folder = folders[request.param]
    return folder, read_result(folder), read_series(folder)
