"""`requests`, simulated: it blocks the thread that it is called in, and with it the loop."""
import datetime
import json as json_module
import re
from types import SimpleNamespace

from . import requests_errors as exceptions
from .answers import Failure, Limits, Request, redirected
from .bodies import Jar, basic, body_of
from .exchange import blocking
from .headers import CaseInsensitiveDict, Headers
from .missing import Simulated, module_getattr, only, shown_as
from .pool import ConnectionPool
from .requests_errors import (  # noqa: F401
    ConnectionError, ConnectTimeout, HTTPError, JSONDecodeError, ReadTimeout, RequestException, Timeout,
    TooManyRedirects, URLRequired,
)
from .sendable import refused_by_requests
from .urls import URL

__version__ = "simulated"
__getattr__ = module_getattr("requests")
METHODS = ("get", "options", "head", "post", "put", "patch", "delete")
codes = SimpleNamespace(ok=200, created=201, accepted=202, no_content=204, moved_permanently=301, found=302,
                        not_modified=304, bad_request=400, unauthorized=401, forbidden=403, not_found=404,
                        method_not_allowed=405, conflict=409, too_many_requests=429, internal_server_error=500,
                        server_error=500, bad_gateway=502, service_unavailable=503, gateway_timeout=504)


class HTTPBasicAuth:
    def __init__(self, username, password) -> None:
        self.username, self.password = username, password


class HTTPAdapter:
    """Can be mounted; retries and pool sizes change nothing here."""

    def __init__(self, pool_connections=10, pool_maxsize=10, max_retries=0, pool_block=False) -> None:
        only("requests", "HTTPAdapter", {"max_retries": max_retries or None}, "")


class Response(Simulated):
    _package = "requests"

    def __init__(self, request, answer, seconds: float, history) -> None:
        self.status_code, self.reason, self.url = answer.status, answer.reason, _with_slash(request.url)
        self.headers = CaseInsensitiveDict(answer.headers)
        self.history, self.content = history, answer.body
        self.elapsed = datetime.timedelta(seconds=seconds)
        self.request = SimpleNamespace(method=request.method, url=self.url, headers=CaseInsensitiveDict(request.headers),
                                       body=request.body or None)
        self.cookies = Jar()
        self.cookies.learn(answer.headers)
        kind = self.headers.get("Content-Type", "")
        found = re.search(r"charset=['\"]?([\w-]+)", kind)
        self.encoding = found[1] if found else ("ISO-8859-1" if "text" in kind else "utf-8" if "json" in kind else None)

    def __repr__(self) -> str:
        return f"<Response [{self.status_code}]>"

    def __bool__(self) -> bool:
        return self.ok

    def __iter__(self):
        return self.iter_content(128)

    def __enter__(self):
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    @property
    def ok(self) -> bool:
        return self.status_code < 400

    @property
    def is_redirect(self) -> bool:
        return "Location" in self.headers and self.status_code in (301, 302, 303, 307, 308)

    @property
    def apparent_encoding(self) -> str:
        return "ascii" if self.content.isascii() else "utf-8"

    @property
    def text(self) -> str:
        return self.content.decode(self.encoding or self.apparent_encoding, "replace")

    def json(self, **options):
        try:
            return json_module.loads(self.content, **options)
        except json_module.JSONDecodeError as error:
            raise JSONDecodeError(error.msg, error.doc, error.pos) from None

    def iter_content(self, chunk_size=1, decode_unicode=False):
        body = self.text if decode_unicode else self.content
        size = chunk_size or len(body) or 1
        return (body[at:at + size] for at in range(0, len(body), size))

    def iter_lines(self, chunk_size=512, decode_unicode=False, delimiter=None):
        body = self.text if decode_unicode else self.content
        return iter(body.split(delimiter) if delimiter else body.splitlines())

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            whose = "Client" if self.status_code < 500 else "Server"
            raise HTTPError(f"{self.status_code} {whose} Error: {self.reason} for url: {self.url}", response=self)

    def close(self) -> None:
        pass


class Session(Simulated):
    _package = "requests"

    def __init__(self) -> None:
        self.headers = CaseInsensitiveDict({"User-Agent": "python-requests/simulated", "Accept-Encoding": "gzip, deflate",
                                            "Accept": "*/*", "Connection": "keep-alive"})
        self.params, self.cookies, self.auth = {}, Jar(), None
        self.verify, self.trust_env, self.max_redirects, self.stream, self.proxies = True, True, 30, False, {}
        self._pool = ConnectionPool()

    def __enter__(self):
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def close(self) -> None:
        self._pool.close()

    def mount(self, prefix, adapter) -> None:
        pass

    def request(self, method, url, params=None, data=None, headers=None, cookies=None, files=None, auth=None,
                timeout=None, allow_redirects=True, proxies=None, hooks=None, stream=None, verify=None, cert=None,
                json=None):
        only("requests", "a request", {"files": files, "hooks": hooks}, "")
        target = _checked(url).extend_query(self.params).extend_query(params)
        sent = Headers(self.headers)
        for name, value in dict(headers or {}).items():
            if problem := refused_by_requests((name, value)):
                raise exceptions.InvalidHeader(problem)
            sent[name] = value
        for header in self.headers.items():
            if problem := refused_by_requests(header):
                raise exceptions.InvalidHeader(problem)
        if auth := auth or self.auth:
            sent["Authorization"] = basic(*(auth if isinstance(auth, tuple) else (auth.username, auth.password)))
        self.cookies.dress(sent, cookies)
        request = Request(method.upper(), target, sent, body_of(data, json, sent))
        limits = Limits(*(timeout if isinstance(timeout, tuple) else (timeout, timeout)))
        history: list[Response] = []
        while True:
            try:
                done = blocking(self._pool, request, limits)
            except Failure as failure:
                raise _failure(failure.kind, request, limits) from None
            done.give_back()
            response = Response(request, done.answer, done.seconds, list(history))
            self.cookies.update(response.cookies)
            following = redirected(request, done.answer) if allow_redirects else None
            if following is None:
                return response
            history.append(response)
            if len(history) > self.max_redirects:
                raise TooManyRedirects(f"Exceeded {self.max_redirects} redirects.", response=response)
            self.cookies.dress(following.headers, cookies)
            request = following


def session() -> Session:
    return Session()


def request(method, url, **options) -> Response:
    with Session() as one:
        return one.request(method, url, **options)


def _functions(name: str):
    def method(self, url, data=None, json=None, **options):
        if name == "get" and data is not None:
            options["params"], data = data, None
        if name == "head":
            options.setdefault("allow_redirects", False)
        return self.request(name.upper(), url, data=data, json=json, **options)

    def function(url, *arguments, **options):
        with Session() as one:
            return getattr(one, name)(url, *arguments, **options)

    for made, label in ((method, f"Session.{name}"), (function, name)):
        made.__name__, made.__qualname__ = name, label
        made.__code__ = made.__code__.replace(co_name=name, co_qualname=label)
    return method, function


for _name in METHODS:
    _method, globals()[_name] = _functions(_name)
    setattr(Session, _name, _method)


def _checked(url) -> URL:
    text = str(url if not isinstance(url, bytes) else url.decode())
    found = URL(text)
    if not found.scheme or found.scheme not in ("http", "https") and "://" not in text:
        raise exceptions.MissingSchema(f"Invalid URL {text!r}: No scheme supplied. Perhaps you meant https://{text}?")
    if found.scheme not in ("http", "https"):
        raise exceptions.InvalidSchema(f"No connection adapters were found for {text!r}")
    if not found.host:
        raise exceptions.InvalidURL(f"Invalid URL {text!r}: No host supplied")
    return found


def _with_slash(url: URL) -> str:
    return str(url.with_path("/") if url.path_qs == "/" else url)


def _failure(kind: str, request: Request, limits: Limits) -> RequestException:
    """The error in the words of urllib3 2, which `requests` passes on."""
    url = request.url
    scheme = "HTTPS" if url.scheme == "https" else "HTTP"
    pool = f"{scheme}ConnectionPool(host='{url.host}', port={url.port})"
    connection = f"<urllib3.connection.{scheme}Connection object at 0x7f0000000000>"
    if kind == "read":
        return ReadTimeout(f"{pool}: Read timed out. (read timeout={limits.read})")
    if kind == "disconnected":
        return ConnectionError("('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))")
    cause = {
        "dns": f"NameResolutionError(\"{connection}: Failed to resolve '{url.host}' "
               "([Errno -2] Name or service not known)\")",
        "refused": f"NewConnectionError('{connection}: Failed to establish a new connection: "
                   "[Errno 111] Connection refused')",
        "connect": f"ConnectTimeoutError({connection}, 'Connection to {url.host} timed out. "
                   f"(connect timeout={limits.connect})')",
    }.get(kind, f"NewConnectionError('{connection}: Failed to establish a new connection: "
                "[Errno 110] Connection timed out')")
    error = ConnectTimeout if kind == "connect" else ConnectionError
    return error(f"{pool}: Max retries exceeded with url: {url.path_qs} (Caused by {cause})")


shown_as("requests.models", globals())
Session.__module__ = "requests.sessions"
