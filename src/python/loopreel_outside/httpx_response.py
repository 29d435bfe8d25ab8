"""`httpx.Response` and `httpx.Request`."""
import datetime
import json as json_module
import re
from types import SimpleNamespace

from .answers import redirected
from .bodies import Jar
from .headers import LowerHeaders
from .httpx_errors import HTTPStatusError, ResponseNotRead
from .missing import Simulated, shown_as
from .urls import URL as BaseURL


class URL(BaseURL):
    _package = "httpx"

    @property
    def query(self) -> bytes:
        return self._split.query.encode()

    @property
    def params(self) -> dict:
        return super().query

    @property
    def raw_path(self) -> bytes:
        return self.path_qs.encode()

    @property
    def path_qs(self) -> str:
        return (self._split.path or "/") + (f"?{self._split.query}" if self._split.query else "")

    @property
    def path(self) -> str:
        return self._split.path or "/"

    @property
    def port(self):
        return self._split.port


class Request(Simulated):
    _package = "httpx"

    def __init__(self, method, url, headers=None, content=b"") -> None:
        self.method, self.url, self.headers, self.content = method, URL(url), LowerHeaders(headers), content

    def __repr__(self) -> str:
        return f"<Request({self.method!r}, {str(self.url)!r})>"


class Response(Simulated):
    _package = "httpx"

    def __init__(self, request, answer, seconds: float, history, give_back) -> None:
        self.status_code, self.headers = answer.status, LowerHeaders(answer.headers)
        self.reason_phrase, self.http_version = answer.reason, "HTTP/1.1"
        self.request = Request(request.method, request.url, request.headers, request.body)
        self.url, self.history = self.request.url, history
        self.elapsed = datetime.timedelta(seconds=seconds)
        self.cookies = Jar()
        self.cookies.learn(answer.headers)
        following = redirected(request, answer)
        self.next_request = following and Request(following.method, following.url, following.headers, following.body)
        self._body, self._give_back = answer.body, give_back
        self._read = self.is_closed = False
        self.is_stream_consumed = False
        self.num_bytes_downloaded = 0
        found = re.search(r"charset=([\w-]+)", self.headers.get("content-type", ""))
        self.charset_encoding = found[1] if found else None
        self.encoding = self.charset_encoding or "utf-8"

    def __repr__(self) -> str:
        return f"<Response [{self.status_code} {self.reason_phrase}]>".replace(" ]", "]")

    is_informational = property(lambda self: 100 <= self.status_code < 200)
    is_success = property(lambda self: 200 <= self.status_code < 300)
    is_redirect = property(lambda self: 300 <= self.status_code < 400)
    is_client_error = property(lambda self: 400 <= self.status_code < 500)
    is_server_error = property(lambda self: 500 <= self.status_code < 600)
    is_error = property(lambda self: 400 <= self.status_code < 600)
    has_redirect_location = property(lambda self: self.is_redirect and "location" in self.headers)

    @property
    def content(self) -> bytes:
        if not self._read:
            raise ResponseNotRead
        return self._body

    @property
    def text(self) -> str:
        return self.content.decode(self.encoding, "replace")

    def json(self, **options):
        return json_module.loads(self.content, **options)

    def raise_for_status(self):
        if self.is_success:
            return self
        kind = {1: "Informational response", 3: "Redirect response", 4: "Client error", 5: "Server error"}
        status = f"{kind.get(self.status_code // 100, 'Invalid status code')} '{self.status_code} {self.reason_phrase}'"
        text = f"{status} for url '{self.url}'\n"
        if self.has_redirect_location:
            text += f"Redirect location: '{self.headers['location']}'\n"
        text += f"For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/{self.status_code}"
        raise HTTPStatusError(text, request=self.request, response=self)

    def read(self) -> bytes:
        self._read = self.is_stream_consumed = True
        self.num_bytes_downloaded = len(self._body)
        self.close()
        return self._body

    async def aread(self) -> bytes:
        return self.read()

    def close(self) -> None:
        self.is_closed = True
        give_back, self._give_back = self._give_back, None
        if give_back is not None:
            give_back()

    async def aclose(self) -> None:
        self.close()

    # Pieces

    def iter_bytes(self, chunk_size=None):
        body = self.read()
        size = chunk_size or len(body) or 1
        for at in range(0, len(body), size):
            yield body[at:at + size]

    iter_raw = iter_bytes

    def iter_text(self, chunk_size=None):
        text = self.read().decode(self.encoding, "replace")
        size = chunk_size or len(text) or 1
        for at in range(0, len(text), size):
            yield text[at:at + size]

    def iter_lines(self):
        yield from self.read().decode(self.encoding, "replace").splitlines()

    async def aiter_bytes(self, chunk_size=None):
        for piece in self.iter_bytes(chunk_size):
            yield piece

    aiter_raw = aiter_bytes

    async def aiter_text(self, chunk_size=None):
        for piece in self.iter_text(chunk_size):
            yield piece

    async def aiter_lines(self):
        for piece in self.iter_lines():
            yield piece


shown_as("httpx", globals())
codes = SimpleNamespace(OK=200, CREATED=201, NO_CONTENT=204, BAD_REQUEST=400, UNAUTHORIZED=401, FORBIDDEN=403,
                        NOT_FOUND=404, TOO_MANY_REQUESTS=429, INTERNAL_SERVER_ERROR=500, BAD_GATEWAY=502,
                        SERVICE_UNAVAILABLE=503)
