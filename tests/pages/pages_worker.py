"""A worker that does small things on demand, in place of the one that makes runs; the pool around it is the real one."""

import os
import time


def toy(pipe):
    """Do what is asked for: "say" (or "notes") once, "wait" while saying so, "hang" without a word, "die", "full", "refuse"."""
    while True:
        try:
            kind, given = pipe.recv()
        except EOFError:
            return
        if kind in ("say", "notes"):
            pipe.send(("progress", (0.5, "half")))
            pipe.send(("done", {"said": given}))
        elif kind == "wait":
            pipe.send(("progress", (0.1, "waiting")))
            while not pipe.poll(0.02):
                pass
            pipe.recv()
            pipe.send(("stopped", None))
        elif kind == "hang":
            time.sleep(60)
        elif kind == "die":
            os._exit(3)
        elif kind == "full":
            pipe.send(("full", "There is no room."))
        elif kind == "refuse":
            pipe.send(("fault", "That cannot be run; choose another."))
