"""A web server far away, as a stream connection meets it: it takes the bytes of a request and sends those of an
answer."""
import re

from loopreel_outside.answers import GIVE_UP, Limits, Request, outcome
from loopreel_outside.headers import Headers
from loopreel_outside.urls import URL

#: Seconds until a connection stands, and for which one without a request is kept.
CONNECTING, KEPT = 0.05, 15


class WebServer:
    """The far end of a `Socket`; `inbox` is always empty, since it takes what comes at once."""

    inbox = b""

    def __init__(self, outside, host: str, port: int) -> None:
        self._outside, self._host, self._port = outside, host, port
        self._origin = f"{'https' if port == 443 else 'http'}://{host}"
        self._taken = bytearray()
        self._requests = 0
        self._busy = self._over = False

    def begin(self, client) -> None:
        """A client wants to connect."""
        self._client = client
        error = self._outside.error_of(URL(self._origin))
        if error == "timeout":
            self._outside.after(GIVE_UP, lambda: client.connected("timeout"))
            return
        self._outside.after(CONNECTING, lambda: client.connected(error if error == "refused" else None))
        if error != "refused":
            self._close_later()

    def arrive(self, data: bytes) -> None:
        self._taken += data
        self._serve()

    def _serve(self) -> None:
        head, separator, rest = bytes(self._taken).partition(b"\r\n\r\n")
        if not separator or self._busy:
            return
        lines = head.decode("latin-1").split("\r\n")
        headers = Headers(line.split(":", 1) for line in lines[1:] if ":" in line)
        length = int(headers.get("Content-Length", "0").strip() or 0)
        if len(rest) < length:
            return
        self._taken[:] = rest[length:]
        self._requests += 1
        found = re.match(r"([A-Z]+) (\S+)(?: (HTTP/1\.\d))?$", lines[0])
        if found is None:
            self._send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", True)
            return
        target = found[2] if "://" in found[2] else self._origin + found[2]
        headers = Headers({name: value.strip() for name, value in headers.items()})
        answer = self._outside.answer(Request(found[1], URL(target), headers, rest[:length]))
        seconds, failure = outcome(answer, Limits())
        closes = found[3] != "HTTP/1.1" or headers.get("Connection", "").lower() == "close"
        self._busy = True
        if failure is not None:
            if answer.error == "disconnected":
                self._outside.after(seconds, self._leave)
            return
        told = [f"{name}: {value}" for name, value in answer.headers.items()]
        lines = [f"HTTP/1.1 {answer.status} {answer.reason}", *told, f"Connection: {'close' if closes else 'keep-alive'}"]
        whole = "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.body
        self._outside.after(seconds, lambda: self._send(whole, closes))

    def _send(self, data: bytes, closes: bool) -> None:
        self._busy = False
        if self._over:
            return
        self._client.arrive(data)
        if closes:
            self._leave()
        else:
            self._close_later()
            self._serve()

    def _close_later(self) -> None:
        served = self._requests
        self._outside.after(KEPT, lambda: None if self._busy or self._requests > served else self._leave())

    def _leave(self) -> None:
        self._over = True
        self._client.end()

    def end(self) -> None:
        """The client sends no more; what it asked is still answered."""

    def reset(self) -> None:
        self._over = True

    def gone(self) -> None:
        self._over = True
