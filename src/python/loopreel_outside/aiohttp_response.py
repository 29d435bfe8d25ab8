"""`aiohttp.ClientResponse` and the stream behind its `content`."""
import json as json_module
import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import NamedTuple

from .aiohttp_errors import ClientConnectionError, ClientResponseError, ContentTypeError
from .headers import CIMultiDictProxy
from .missing import Simulated, shown_as
from .urls import URL


class RequestInfo(NamedTuple):
    url: URL
    method: str
    headers: CIMultiDictProxy
    real_url: URL


class HttpVersion(NamedTuple):
    major: int
    minor: int


@dataclass(frozen=True)
class ConnectionKey:
    host: str
    port: int
    is_ssl: bool
    ssl: bool = True


class StreamReader(Simulated):
    """A body that has arrived; `finished` is called when it was read to its end."""

    _package = "aiohttp"

    def __init__(self, body: bytes, finished) -> None:
        self._body, self._at, self._finished = body, 0, finished

    def __repr__(self) -> str:
        return f"<StreamReader {len(self._body)} bytes>" + (" eof" if self.at_eof() else "")

    def at_eof(self) -> bool:
        return self._at >= len(self._body)

    is_eof = at_eof

    def _take(self, count: int) -> bytes:
        taken = self._body[self._at:self._at + count]
        self._at += len(taken)
        if self.at_eof():
            self._finished()
        return taken

    async def read(self, n=-1) -> bytes:
        return self._take(len(self._body) if n < 0 else n)

    async def readany(self) -> bytes:
        return self._take(len(self._body))

    async def readexactly(self, n) -> bytes:
        return self._take(n)

    async def readchunk(self):
        return await self.readany(), True

    async def readline(self) -> bytes:
        end = self._body.find(b"\n", self._at)
        return self._take((end + 1 if end >= 0 else len(self._body)) - self._at)

    async def _pieces(self, take):
        while piece := await take():
            yield piece

    def __aiter__(self):
        return self._pieces(self.readline)

    def iter_chunked(self, n):
        return self._pieces(lambda: self.read(n))

    def iter_any(self):
        return self._pieces(self.readany)

    async def iter_chunks(self):
        while piece := await self.readany():
            yield piece, True


class ClientResponse(Simulated):
    _package = "aiohttp"

    def __init__(self, request, answer, history, give_back) -> None:
        self.method, self.url, self.real_url = request.method, request.url, request.url
        self.version, self.status, self.reason = HttpVersion(1, 1), answer.status, answer.reason
        self.headers = CIMultiDictProxy(answer.headers)
        self.history = history
        self.request_info = RequestInfo(request.url, request.method, CIMultiDictProxy(request.headers), request.url)
        self.cookies = SimpleCookie()
        for line in self.headers.getall("Set-Cookie"):
            self.cookies.load(line)
        self._give_back = give_back
        self._body = None
        self.closed = False
        self.content = StreamReader(answer.body, self._finished)
        if not answer.body:
            self._finished()

    def __repr__(self) -> str:
        return f"<ClientResponse({self.url}) [{self.status} {self.reason}]>\n{self.headers!r}\n"

    def _finished(self) -> None:
        """The body was read, or nobody will read it: the connection is free for others."""
        give_back, self._give_back = self._give_back, None
        if give_back is not None:
            give_back()

    @property
    def ok(self) -> bool:
        return 400 > self.status

    @property
    def host(self) -> str:
        return self.url.host

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "application/octet-stream").partition(";")[0].strip()

    @property
    def charset(self):
        found = re.search(r"charset=([\w-]+)", self.headers.get("Content-Type", ""))
        return found[1].lower() if found else None

    @property
    def content_length(self):
        length = self.headers.get("Content-Length")
        return int(length) if length is not None else None

    def get_encoding(self) -> str:
        return self.charset or "utf-8"

    def release(self):
        self.closed = True
        self._finished()
        return _Nothing()

    def close(self) -> None:
        self.release()

    async def read(self) -> bytes:
        if self._body is None:
            if self.closed:
                raise ClientConnectionError("Connection closed")
            self._body = await self.content.read()
        return self._body

    async def text(self, encoding=None, errors="strict") -> str:
        return (await self.read()).decode(encoding or self.get_encoding(), errors)

    async def json(self, *, encoding=None, loads=json_module.loads, content_type="application/json"):
        body = await self.read()
        if content_type and not (self.content_type == content_type or content_type == "application/json"
                                 and re.match(r"application/(?:[\w.+-]+?\+)?json$", self.content_type)):
            raise ContentTypeError(
                self.request_info, self.history, status=self.status, headers=self.headers,
                message=f"Attempt to decode JSON with unexpected mimetype: {self.headers.get('Content-Type', '')}")
        text = body.strip().decode(encoding or self.get_encoding())
        return loads(text) if text else None

    def raise_for_status(self) -> None:
        if not self.ok:
            self.release()
            raise ClientResponseError(self.request_info, self.history, status=self.status, message=self.reason,
                                      headers=self.headers)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_error) -> None:
        self.release()


class _Nothing:
    """`await response.release()` is allowed and does nothing more."""

    def __await__(self):
        return iter(())


shown_as("aiohttp.client_reqrep", globals())
StreamReader.__module__ = "aiohttp.streams"
