"""Many at once on the pages: 50 readers and 10 runners against a served instance on loopback, for some seconds.

    python benchmarks/load.py [SECONDS]

Each runner asks from an address of its own (127.0.0.2 and on), as ten people would, so that the fair queue is met. Prints a
table for docs/pages.md.
"""

from __future__ import annotations

import asyncio
import random
import re
import subprocess
import sys
import time
from collections import defaultdict

READERS, RUNNERS = 50, 10
PAGES = ("/", "/timeline", "/regions", "/explanations", "/claims", "/claims/C-0701", "/regions/karelian-assr", "/figures",
         "/sources", "/teach", "/about", "/search?q=kirov")  # fmt: skip
NOTES = b"notes=In+1937+and+1938+1.5+million+people+were+sentenced+to+death."
PAUSE = 1.0
"""Mean seconds that a reader looks at a page before opening the next."""


class Load:
    """Times by kind of request, and what went wrong."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.took: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []

    async def ask(self, path: str, source: str, body: bytes = b"") -> bytes:
        """One request on a connection of its own; its whole answer."""
        there = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0))
        reader, writer = there
        lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        try:
            answer = await reader.read(-1)
        finally:
            writer.close()
        status = int(answer.split(b" ", 2)[1])
        if status != 200:
            self.errors.append(f"{status} {path}")
        return answer

    async def timed(self, kind: str, path: str, source: str, body: bytes = b"") -> bytes:
        """The same, its time kept."""
        begun = time.perf_counter()
        answer = await self.ask(path, source, body)
        self.took[kind].append(time.perf_counter() - begun)
        return answer

    async def reads(self, number: int, until: float) -> None:
        """Look at pages, now and then check notes."""
        chance = random.Random(number)
        await asyncio.sleep(chance.random() * PAUSE)
        while time.perf_counter() < until:
            if chance.random() < 0.03:
                await self.timed("notes checked", "/check", f"127.0.1.{number + 1}", NOTES)
            else:
                await self.timed("a page", chance.choice(PAGES), f"127.0.1.{number + 1}")
            await asyncio.sleep(chance.random() * 2 * PAUSE)

    async def runs(self, number: int, until: float) -> None:
        """Ask for one run after the other and listen to its progress."""
        source, seed = f"127.0.0.{number + 2}", 1000 * (number + 1)
        while time.perf_counter() < until:
            seed += 1
            query = f"explanation=plan&seed={seed}"
            begun = time.perf_counter()
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0))
            writer.write(f"GET /runs/progress?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            held, first = b"", True
            while piece := await reader.read(4096):
                held += piece
                if first and b"data: " in held:
                    self.took["a run's first progress"].append(time.perf_counter() - begun)
                    first = False
            writer.close()
            self.took["a run, from question to end"].append(time.perf_counter() - begun)
            if b'"state": "done"' not in held:
                self.errors.append(f"run {seed} ended otherwise")
                continue
            await self.timed("a finished run's page", f"/runs/one?{query}", source)


def at(values: list[float], share: float) -> float:
    """A quantile, in milliseconds."""
    return 1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def load(port: int, seconds: float) -> Load:
    """Everybody at once, for some seconds, after each page was asked for once."""
    made = Load(port)
    for path in PAGES:
        await made.ask(path, "127.0.0.1")
    await made.ask("/check", "127.0.0.1", NOTES)
    while b"A run under way" in await made.ask("/runs/one?seed=1", "127.0.0.1"):
        await asyncio.sleep(0.5)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(made.reads(i, until) for i in range(READERS)), *(made.runs(i, until) for i in range(RUNNERS)))
    return made


def main() -> int:
    """Serve, load, print the table; 1 where something went wrong."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    command = [sys.executable, "-m", "thirtyseven", "serve", "--port", "0", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(re.search(r":(\d+)/", server.stdout.readline())[1])  # type: ignore[index]
            made = asyncio.run(load(port, seconds))
        finally:
            server.terminate()
    print("| what | answers | half under | 95% under | slowest |\n|---|---|---|---|---|")
    for kind, took in sorted(made.took.items()):
        print(f"| {kind} | {len(took)} | {at(took, 0.5):,.0f} ms | {at(took, 0.95):,.0f} ms | {at(took, 1.0):,.0f} ms |")
    print(f"\nErrors: {len(made.errors)}. {'; '.join(made.errors[:5])}")
    return 1 if made.errors else 0


if __name__ == "__main__":
    sys.exit(main())
