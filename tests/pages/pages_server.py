"""The pages as `thirtyseven serve` runs them, on a free loopback port, and plain ways to ask them."""

import http.client
import json
import signal
import subprocess
import sys
import time

from thirtyseven.pages.app import application
from thirtyseven.pages.runs.pool import Full


class Server:
    """`thirtyseven serve` without a weighing, in a process of its own."""

    def __init__(self, *more, **options):
        command = [sys.executable, "-m", "thirtyseven", "serve", "--port", "0", "--bank", "nowhere", "--quiet", *more]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        self.url = self.process.stdout.readline().strip()
        self.port = int(self.url.rstrip("/").rpartition(":")[2])

    def ask(self, path, method="GET", body=None, headers=None, timeout=60):
        """One request on a connection of its own: (status, headers in lower case, body)."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            link.request(method, path, body, headers or {})
            answer = link.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            link.close()

    def events(self, query, timeout=60):
        """A connection that listens to a run's progress, and the answer to read from."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        link.request("GET", f"/runs/progress?{query}")
        return link, link.getresponse()

    def run(self, address, seconds=60):
        """The page of a run that is done; it is asked for again while it is under way."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            status, headers, body = self.ask(address)
            if status != 200 or b"A run under way" not in body:
                return status, headers, body.decode()
            time.sleep(0.2)
        raise AssertionError(f"{address} was not done after {seconds} s")

    def children(self):
        """Process ids of everything that the server has started."""
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def close(self):
        """Ctrl-C; (code, stdout, stderr)."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            out, err = self.process.communicate(timeout=30)
        finally:
            self.process.kill()
        return self.process.returncode, out, err


def event(answer):
    """The next event of a stream: its name and what it says."""
    name, said = "message", None
    while line := answer.readline().decode().rstrip("\n"):
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            said = json.loads(value)
    return name, said


def form(fields=(), file=None, boundary="pagesboundary"):
    """A form's body and headers, as a browser sends them.

    Args:
        fields: pairs of name and text.
        file: name and bytes.
        boundary: between the parts.
    """
    out = b""
    for name, text in fields:
        out += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + text.encode() + b"\r\n"
    if file is not None:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
        out += head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file[1] + b"\r\n"
    return out + f"--{boundary}--\r\n".encode(), {"content-type": f"multipart/form-data; boundary={boundary}"}


class Busy:
    """A pool that takes nothing, so that odd settings start no run."""

    def ask(self, *_):
        raise Full("Too many runs wait already; try this address again in a minute.")

    def warm(self):
        pass

    def close(self):
        pass


def busy(library):
    """The pages of a library, all of whose workers are busy."""
    app = application(library)
    app.state.pool = Busy()
    return app
