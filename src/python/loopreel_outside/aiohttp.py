"""`aiohttp`'s client, simulated: sessions, connectors with their limits, responses, errors."""
import asyncio
import json as json_module
from dataclasses import dataclass

from .aiohttp_connector import HARMLESS, BaseConnector, TCPConnector, unclosed  # noqa: F401
from .aiohttp_errors import *  # noqa: F401,F403
from .aiohttp_errors import (
    NAMES, ClientConnectorDNSError, ClientConnectorError, ConnectionTimeoutError, InvalidUrlClientError,
    NonHttpUrlClientError, ServerDisconnectedError, SocketTimeoutError, TooManyRedirects,
)
from .aiohttp_response import ClientResponse, ConnectionKey, RequestInfo, StreamReader
from .answers import Failure, Limits, Request, redirected
from .bodies import FormData, Jar, basic, body_of
from .entering import Entering
from .exchange import awaited, slot_of
from .headers import CIMultiDictProxy, Headers
from .missing import Simulated, module_getattr, only, shown_as
from .names import address_of, refused, unknown_name
from .sendable import refused_by_aiohttp
from .urls import URL

__version__ = "simulated"
__getattr__ = module_getattr("aiohttp")
__all__ = [*NAMES, "BasicAuth", "BaseConnector", "ClientResponse", "ClientSession", "ClientTimeout", "CookieJar",
           "FormData", "RequestInfo", "StreamReader", "TCPConnector", "request"]

METHODS = ("get", "options", "head", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class ClientTimeout:
    total: float | None = None
    connect: float | None = None
    sock_read: float | None = None
    sock_connect: float | None = None
    ceil_threshold: float = 5


DEFAULT_TIMEOUT = ClientTimeout(total=5 * 60, sock_connect=30)


class BasicAuth:
    def __init__(self, login: str, password: str = "", encoding: str = "latin1") -> None:
        self.login, self.password, self.encoding = login, password, encoding

    def encode(self) -> str:
        return basic(self.login, self.password)


class CookieJar(Jar):
    def __init__(self, **_options) -> None:
        super().__init__()


class DummyCookieJar(CookieJar):
    def learn(self, headers) -> None:
        pass


class ClientSession(Simulated):
    _package = "aiohttp"

    def __init__(self, base_url=None, *, connector=None, cookies=None, headers=None, auth=None, timeout=None,
                 json_serialize=json_module.dumps, raise_for_status=False, cookie_jar=None, read_timeout=None,
                 conn_timeout=None, **options) -> None:
        only("aiohttp", "ClientSession", options, HARMLESS)
        self._loop = connector._loop if connector is not None else asyncio.get_running_loop()
        self._base_url = None if base_url is None else URL(base_url)
        self._connector = connector if connector is not None else TCPConnector()
        self._default_headers, self._auth, self._dumps = Headers(headers), auth, json_serialize
        self._raise_for_status = raise_for_status
        self._timeout = _timeout(timeout, DEFAULT_TIMEOUT)
        self._jar = cookie_jar if cookie_jar is not None else CookieJar()
        self._jar.update(cookies or {})
        self._own = options.get("connector_owner", True)

    closed = property(lambda self: self._connector is None or self._connector.closed)
    connector = property(lambda self: self._connector)
    cookie_jar = property(lambda self: self._jar)
    headers = property(lambda self: CIMultiDictProxy(self._default_headers))
    timeout = property(lambda self: self._timeout)
    loop = property(lambda self: self._loop)

    def request(self, method, url, **options):
        return _RequestContextManager("request", self, method, url, options)

    async def _request(self, method, str_or_url, *, params=None, data=None, json=None, cookies=None, headers=None,
                       auth=None, allow_redirects=True, max_redirects=10, timeout=None, raise_for_status=None,
                       **options):
        only("aiohttp", "a request", options, HARMLESS)
        if self.closed:
            raise RuntimeError("Session is closed")
        if data is not None and json is not None:
            raise ValueError("data and json parameters can not be used at the same time")
        url = _checked(str_or_url, self._base_url).extend_query(params)
        limits = _timeout(timeout, self._timeout)
        sent = Headers({"Host": url.host, "Accept": "*/*", "Accept-Encoding": "gzip, deflate",
                        "User-Agent": "Python/3.14 aiohttp/simulated"})
        for name, value in [*self._default_headers.items(), *Headers(headers).items()]:
            sent[name] = value
        if auth := auth or self._auth:
            sent["Authorization"] = auth.encode()
        self._jar.dress(sent, cookies)
        if problem := refused_by_aiohttp(sent.items()):
            raise ValueError(problem)
        request = Request(method.upper(), url, sent, body_of(data, json, sent, self._dumps))
        ends = None if not limits.total else self._loop.time() + limits.total
        history: list[ClientResponse] = []
        while True:
            response = await self._exchange(request, limits, ends, tuple(history))
            self._jar.learn(response.headers)
            following = redirected(request, response) if allow_redirects else None
            if following is None:
                break
            response.release()
            history.append(response)
            if len(history) > max_redirects:
                raise TooManyRedirects(history[0].request_info, tuple(history))
            self._jar.dress(following.headers, cookies)
            request = following
        await _check_status(response, self._raise_for_status if raise_for_status is None else raise_for_status)
        return response

    async def _exchange(self, request, limits, ends, history):
        """One request on one connection of the connector."""
        left = lambda: None if ends is None else max(0.0, ends - self._loop.time())  # noqa: E731
        patience = [limit for limit in (limits.connect, left()) if limit is not None]
        connecting = min((limit for limit in (limits.connect, limits.sock_connect) if limit), default=None)
        pool = self._connector._pool
        try:
            connection = await self._connector.connect(slot_of(request), min(patience, default=None))
            done = await awaited(pool, connection, request, Limits(connecting, limits.sock_read or None, left()))
        except Failure as failure:
            kind = failure.kind
            if kind == "pool":
                kind = "connect" if limits.connect and limits.connect == min(patience) else "total"
            raise _failure(kind, request) from None
        return ClientResponse(request, done.answer, history, done.give_back)

    async def close(self) -> None:
        if self._connector is not None and self._own:
            self._connector.close()
        self._connector = None

    def detach(self) -> None:
        self._connector = None

    def __enter__(self):
        raise TypeError("Use async with instead")

    def __exit__(self, *_error) -> None:
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_error) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<aiohttp.client.ClientSession object at {id(self):#x}>"

    def __del__(self) -> None:
        if "_connector" in vars(self) and not self.closed:
            unclosed("client session", self, self._loop)


async def _pass(self, held, method, url, options):
    response = await self._request(method, url, **options)
    held.append(response)
    return response


def _named(name: str):
    """`_pass` under the name of a session's method: to a reader it is `ClientSession.get` that waits."""
    code = _pass.__code__.replace(co_name=name, co_qualname=f"ClientSession.{name}")
    return type(_pass)(code, globals())


_CALLS = {name: _named(name) for name in (*METHODS, "request")}


def _method(name: str):
    def call(self, url, **options):
        if name == "head":
            options.setdefault("allow_redirects", False)
        return _RequestContextManager(name, self, name, url, options)

    call.__name__, call.__qualname__ = name, f"ClientSession.{name}"
    return call


for _name in METHODS:
    setattr(ClientSession, _name, _method(_name))


class _RequestContextManager(Entering):
    """A request that can be awaited, or entered with `async with`; like a coroutine it starts only then."""

    def __init__(self, name, session, method, url, options, own=False) -> None:
        self._held: list[ClientResponse] = []
        self._coro = _CALLS[name](session, self._held, method, url, options)
        # What CPython says of it when it was never awaited.
        self._coro.__name__, self._coro.__qualname__ = "_request", "ClientSession._request"
        self._session = session if own else None

    __iter__ = Entering.__await__

    async def __aexit__(self, *_error) -> None:
        for response in self._held:
            response.release()
        if self._session is not None:
            await self._session.close()


def request(method, url, *, connector=None, **options):
    """One request in a session of its own."""
    session = ClientSession(connector=connector or TCPConnector(force_close=True))
    return _RequestContextManager("request", session, method, url, options, own=True)


def _checked(url, base) -> URL:
    """The whole URL of a request."""
    given = URL(url)
    if base is not None and not given.is_absolute():
        given = base.join(given)
    if given.scheme and given.scheme not in ("http", "https"):
        raise NonHttpUrlClientError(given)
    if not given.scheme or not given.host:
        raise InvalidUrlClientError(given)
    return given


def _timeout(given, default: ClientTimeout) -> ClientTimeout:
    if given is None:
        return default
    if isinstance(given, ClientTimeout):
        return given
    if type(given) in (int, float):
        return ClientTimeout(total=given)
    # `aiohttp.helpers.sentinel` and the like.
    raise ValueError(f"timeout parameter cannot be of {type(given)} type, please use 'timeout=ClientTimeout(...)'")


def _failure(kind: str, request: Request) -> Exception:
    url = request.url
    key = ConnectionKey(url.host, url.port, url.scheme == "https")
    if kind == "dns":
        return ClientConnectorDNSError(key, unknown_name())
    if kind in ("refused", "unreachable"):
        text = f"Connect call failed {(address_of(url.host), url.port)}"
        return ClientConnectorError(key, refused(text) if kind == "refused" else TimeoutError(110, text))
    if kind == "disconnected":
        return ServerDisconnectedError()
    if kind == "connect":
        return ConnectionTimeoutError(f"Connection timeout to host {url}")
    if kind == "read":
        return SocketTimeoutError("Timeout on reading data from socket")
    return TimeoutError()


async def _check_status(response, wanted) -> None:
    if wanted is True:
        response.raise_for_status()
    elif wanted:
        await wanted(response)


shown_as("aiohttp.client", globals())
BasicAuth.__module__ = "aiohttp.helpers"
CookieJar.__module__ = "aiohttp.cookiejar"
