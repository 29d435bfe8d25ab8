"""The standard library's own blocking clients, `http.client` and through it `urllib.request`, on the same network."""
import http.client
import io
import socket
import urllib.request

from . import wire
from .answers import Failure, Limits, Request
from .exchange import blocking
from .headers import Headers
from .names import refused, unknown_name
from .pool import ConnectionPool
from .urls import URL


class _Wire:
    """Stands in for the socket of an `HTTPConnection`: takes a request's bytes, gives the answer's."""

    def __init__(self, scheme: str, host: str, port: int, timeout) -> None:
        self._origin = f"{scheme}://{host}" + ("" if port in (80, 443) else f":{port}")
        self._sent = bytearray()
        self._timeout = None if timeout is socket._GLOBAL_DEFAULT_TIMEOUT else timeout

    def reach(self) -> None:
        """Raises what a host answers that cannot be connected to."""
        if wire.host.error_of(URL(self._origin)) in ("dns", "refused"):
            self._exchange(Request("GET", URL(self._origin)))

    def _exchange(self, request: Request):
        try:
            done = blocking(ConnectionPool(keep=False), request, Limits(self._timeout, self._timeout))
        except Failure as failure:
            raise _failure(failure.kind) from None
        done.give_back()
        return done.answer

    def setsockopt(self, *_option) -> None:
        pass

    def settimeout(self, timeout) -> None:
        self._timeout = timeout

    def close(self) -> None:
        pass

    def sendall(self, data) -> None:
        self._sent += bytes(data)

    def makefile(self, *_mode):
        sent = bytes(self._sent)
        self._sent.clear()
        return io.BufferedReader(_Response(lambda: self._answer_to(sent)))

    def _answer_to(self, sent: bytes) -> bytes:
        head, _, body = sent.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = Headers(line.split(": ", 1) for line in lines)
        url = URL(path if "://" in path else self._origin + path)
        answer = self._exchange(Request(method, url, headers, body))
        lines = [f"{name}: {value}" for name, value in answer.headers.items()]
        text = "\r\n".join([f"HTTP/1.1 {answer.status} {answer.reason}", *lines, "Connection: close", "", ""])
        return text.encode("latin-1") + answer.body


class _Response(io.RawIOBase):
    """The bytes of an answer; the thread waits for them when the first is read."""

    def __init__(self, ask) -> None:
        self._ask, self._bytes = ask, None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self._bytes is None:
            self._bytes = io.BytesIO(self._ask())
        return self._bytes.readinto(buffer)


def _failure(kind: str) -> Exception:
    return {
        "dns": unknown_name,
        "refused": refused,
        "disconnected": lambda: http.client.RemoteDisconnected("Remote end closed connection without response"),
        "unreachable": lambda: TimeoutError(110, "Connection timed out"),
    }.get(kind, lambda: TimeoutError("timed out"))()


def library_patches() -> list:
    """`(object, name, replacement)` for the time that a block runs."""

    def connect(self) -> None:
        self.sock = _Wire("https" if self.default_port == 443 else "http", self.host, self.port, self.timeout)
        self.sock.reach()

    class HTTPSConnection(http.client.HTTPConnection):
        default_port = 443

        def __init__(self, *arguments, context=None, **options) -> None:
            super().__init__(*arguments, **options)

    HTTPSConnection.__module__, HTTPSConnection.__qualname__ = "http.client", "HTTPSConnection"

    class HTTPSHandler(urllib.request.AbstractHTTPHandler):
        def __init__(self, debuglevel=None, context=None, check_hostname=None) -> None:
            super().__init__(debuglevel or 0)

        def https_open(self, request):
            return self.do_open(http.client.HTTPSConnection, request)

        https_request = urllib.request.AbstractHTTPHandler.do_request_

    HTTPSHandler.__module__, HTTPSHandler.__qualname__ = "urllib.request", "HTTPSHandler"
    return [
        (http.client.HTTPConnection, "connect", connect),
        (http.client, "HTTPSConnection", HTTPSConnection),
        (urllib.request, "HTTPSHandler", HTTPSHandler),
        (urllib.request, "_opener", None),
        (urllib.request, "getproxies", dict),
    ]
