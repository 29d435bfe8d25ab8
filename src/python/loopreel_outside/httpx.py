"""`httpx`, simulated: a client that waits on the loop and one that blocks, with the same arguments."""
import asyncio
import contextlib
import json as json_module

from .answers import Failure, Limits as Ends, Request as Sent, redirected
from .bodies import Jar, basic, body_of
from .exchange import awaited, blocking, slot_of
from .headers import Headers as PlainHeaders, LowerHeaders as Headers
from .httpx_errors import *  # noqa: F401,F403
from .httpx_errors import (
    ConnectError, ConnectTimeout, PoolTimeout, ReadTimeout, RemoteProtocolError, TooManyRedirects, UnsupportedProtocol,
)
from .httpx_response import Request, Response, URL, codes  # noqa: F401
from .missing import Simulated, module_getattr, only, shown_as
from .pool import ConnectionPool
from .sendable import refused_by_h11
from .urls import URL as PlainURL, pairs

__version__ = "simulated"
__getattr__ = module_getattr("httpx")
METHODS = ("get", "options", "head", "post", "put", "patch", "delete")
Cookies = Jar
_HARMLESS = "verify cert http1 http2 proxy proxies mounts trust_env default_encoding max_redirects extensions"
_UNSET = object()


class Timeout:
    def __init__(self, timeout=_UNSET, *, connect=_UNSET, read=_UNSET, write=_UNSET, pool=_UNSET) -> None:
        given = (connect, read, write, pool)
        if isinstance(timeout, Timeout):
            base = (timeout.connect, timeout.read, timeout.write, timeout.pool)
        elif isinstance(timeout, tuple):
            base = (*timeout, *(None,) * (4 - len(timeout)))
        elif timeout is _UNSET and _UNSET in given:
            raise ValueError("httpx.Timeout must either include a default, or set all four parameters explicitly.")
        else:
            base = (timeout,) * 4
        self.connect, self.read, self.write, self.pool = (
            default if value is _UNSET else value for value, default in zip(given, base))

    def __eq__(self, other) -> bool:
        return isinstance(other, Timeout) and vars(self) == vars(other)

    def __repr__(self) -> str:
        if len(set(vars(self).values())) == 1:
            return f"Timeout(timeout={self.connect})"
        return f"Timeout(connect={self.connect}, read={self.read}, write={self.write}, pool={self.pool})"


class Limits:
    def __init__(self, *, max_connections=None, max_keepalive_connections=None, keepalive_expiry=5.0) -> None:
        self.max_connections, self.max_keepalive_connections = max_connections, max_keepalive_connections
        self.keepalive_expiry = keepalive_expiry


class HTTPTransport:
    """Can be given as `transport=`; retries of connections change nothing here."""

    def __init__(self, **options) -> None:
        only("httpx", type(self).__name__, options, _HARMLESS + " retries limits")


class AsyncHTTPTransport(HTTPTransport):
    pass


class BasicAuth:
    def __init__(self, username, password) -> None:
        self.username, self.password = username, password


class _Client(Simulated):
    """What both clients share: how a request is put together."""

    _package = "httpx"

    def __init__(self, *, auth=None, params=None, headers=None, cookies=None, timeout=5.0, follow_redirects=False,
                 limits=None, base_url="", transport=None, event_hooks=None, app=None, **options) -> None:
        own = None if isinstance(transport, HTTPTransport) else transport
        only("httpx", type(self).__name__, {**options, "transport": own, "event_hooks": event_hooks, "app": app},
             _HARMLESS)
        self.base_url, self.params, self.auth = URL(base_url), dict(pairs(params)), auth
        self.headers = Headers({"accept": "*/*", "accept-encoding": "gzip, deflate", "connection": "keep-alive",
                                "user-agent": "python-httpx/simulated"})
        self.headers.update(Headers(headers))
        self.cookies, self.timeout, self.follow_redirects = Jar(cookies or {}), Timeout(timeout), follow_redirects
        self._pool = ConnectionPool((limits.max_connections if limits else 100) or 0)
        self._closed = False

    is_closed = property(lambda self: self._closed)

    def _built(self, method, url, content=None, data=None, files=None, json=None, params=None, headers=None,
               cookies=None, auth=_UNSET, timeout=_UNSET, follow_redirects=_UNSET, extensions=None):
        """The request, the client's limits for it, and whether it follows redirects."""
        only("httpx", "a request", {"files": files}, "")
        if self._closed:
            raise RuntimeError("Cannot send a request, as the client has been closed.")
        target = URL(url)
        if not target.is_absolute() and str(self.base_url):
            target = URL(str(self.base_url).rstrip("/") + "/" + str(target).lstrip("/"))
        if target.scheme not in ("http", "https"):
            shown = f"'{target.scheme}://'" if target.scheme else "'http://' or 'https://'"
            problem = "has an unsupported protocol" if target.scheme else "is missing an"
            raise UnsupportedProtocol(f"Request URL {problem} {shown}{'' if target.scheme else ' protocol'}.")
        sent = PlainHeaders({"host": target.host, **dict(self.headers.items())})
        for name, value in Headers(headers).items():
            sent[name] = value
        if auth := self.auth if auth is _UNSET else auth:
            sent["authorization"] = basic(*(auth if isinstance(auth, tuple) else (auth.username, auth.password)))
        self.cookies.dress(sent, cookies)
        body = body_of(content if content is not None else data, json, sent, json_module.dumps)
        ends = self.timeout if timeout is _UNSET else Timeout(timeout)
        follows = self.follow_redirects if follow_redirects is _UNSET else follow_redirects
        whole = PlainURL(target).extend_query(self.params).extend_query(params)
        if problem := refused_by_h11(sent.items()):
            raise LocalProtocolError(problem, request=Request(method.upper(), whole, sent, body))
        return Sent(method.upper(), whole, sent, body), ends, follows

    def _next(self, request, response, history):
        """The request after a redirect; learns the cookies on the way."""
        self.cookies.update(response.cookies)
        if response.next_request is None:
            return None
        if len(history) >= 20:
            raise TooManyRedirects("Exceeded maximum allowed redirects.", request=response.request)
        answered = redirected(request, _Redirect(response))
        response.read()
        history.append(response)
        self.cookies.dress(answered.headers)
        return answered


class _Redirect:
    def __init__(self, response) -> None:
        self.status, self.headers = response.status_code, response.headers


class AsyncClient(_Client):
    def __init__(self, **options) -> None:
        super().__init__(**options)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_error) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        self._closed = True
        self._pool.close()

    async def request(self, method, url, **options):
        response = await self._send(method, url, options)
        response.read()
        return response

    @contextlib.asynccontextmanager
    async def stream(self, method, url, **options):
        response = await self._send(method, url, options)
        try:
            yield response
        finally:
            response.close()

    async def _send(self, method, url, options):
        request, ends, follows = self._built(method, url, **options)
        history: list[Response] = []
        while True:
            response = await self._exchange(request, ends, list(history))
            following = self._next(request, response, history) if follows else None
            if following is None:
                return response
            request = following

    async def _exchange(self, request, ends, history):
        try:
            connection = await self._pool.acquire(slot_of(request), ends.pool)
            done = await awaited(self._pool, connection, request, Ends(ends.connect, ends.read))
        except Failure as failure:
            raise _failure(failure.kind, request) from None
        return Response(request, done.answer, done.seconds, history, done.give_back)


class Client(_Client):
    def __enter__(self):
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def close(self) -> None:
        self._closed = True
        self._pool.close()

    def request(self, method, url, **options):
        response = self._send(method, url, options)
        response.read()
        return response

    @contextlib.contextmanager
    def stream(self, method, url, **options):
        response = self._send(method, url, options)
        try:
            yield response
        finally:
            response.close()

    def _send(self, method, url, options):
        request, ends, follows = self._built(method, url, **options)
        history: list[Response] = []
        while True:
            try:
                done = blocking(self._pool, request, Ends(ends.connect, ends.read))
            except Failure as failure:
                raise _failure(failure.kind, request) from None
            response = Response(request, done.answer, done.seconds, list(history), done.give_back)
            following = self._next(request, response, history) if follows else None
            if following is None:
                return response
            request = following


def request(method, url, **options):
    """One request of a client of its own."""
    with Client(**_of_client(options)) as client:
        return client.request(method, url, **options)


@contextlib.contextmanager
def stream(method, url, **options):
    with Client(**_of_client(options)) as client, client.stream(method, url, **options) as response:
        yield response


def _of_client(options: dict) -> dict:
    return {name: options.pop(name) for name in ("verify", "proxy", "trust_env", "cert") if name in options}


async def _awaits(self, url, **options):
    return await self.request(NAME, url, **options)  # noqa: F821


def _blocks(self, url, **options):
    return self.request(NAME, url, **options)  # noqa: F821


def _function(url, **options):
    return request(NAME, url, **options)  # noqa: F821


def _named(function, name: str, label: str):
    code = function.__code__.replace(co_name=name, co_qualname=label)
    return type(function)(code, {**globals(), "NAME": name.upper()}, name)


for _name in METHODS:
    for _kind, _template in ((AsyncClient, _awaits), (Client, _blocks)):
        setattr(_kind, _name, _named(_template, _name, f"{_kind.__name__}.{_name}"))
for _name in METHODS:
    globals()[_name] = _named(_function, _name, _name)


def _failure(kind: str, request: Sent) -> Exception:
    shown = Request(request.method, request.url, request.headers, request.body)
    awaited = _in_loop()
    errors = {
        "dns": (ConnectError, "[Errno -2] Name or service not known"),
        "refused": (ConnectError, "All connection attempts failed" if awaited else "[Errno 111] Connection refused"),
        "disconnected": (RemoteProtocolError, "Server disconnected without sending a response."),
        "connect": (ConnectTimeout, "" if awaited else "timed out"),
        "read": (ReadTimeout, "" if awaited else "The read operation timed out"),
        "pool": (PoolTimeout, ""),
        "unreachable": (ConnectTimeout, "[Errno 110] Connection timed out"),
    }
    error, text = errors[kind]
    return error(text, request=shown)


def _in_loop() -> bool:
    return asyncio._get_running_loop() is not None


shown_as("httpx", globals())
