"""What the simulated network answers: the note's own rules first, then a default by URL."""
import fnmatch
import json
import re
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from zlib import crc32

from . import sites
from .headers import Headers
from .urls import URL

#: Seconds after which an operating system gives up on a host that does not answer (Linux, `tcp_syn_retries` = 6).
GIVE_UP = 130.0
#: Seconds that a failing name or connection takes.
FAILING = 0.05
#: What the rules call an error, and what a request then meets.
ERRORS = ("timeout", "refused", "dns", "disconnected")


@dataclass(frozen=True)
class Request:
    method: str
    url: URL
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """`seconds` until it is there; `error` is one of ERRORS, and then there is no answer."""

    status: int
    headers: Headers
    body: bytes
    seconds: float
    error: str | None = None

    @property
    def reason(self) -> str:
        return phrase(self.status)


@dataclass(frozen=True)
class Limits:
    """A client's own limits, in seconds from the start of the request; None is no limit."""

    connect: float | None = None
    read: float | None = None
    total: float | None = None


class Network:
    """The answers of one block. A rule is `{pattern, answers: [{latency?, status?, body?, headers?, error?}, …]}`;
    the first pattern that fits counts, and successive requests take its answers in turn, the last one for good."""

    def __init__(self, rules: list[dict]) -> None:
        self._rules = [(_matcher(rule["pattern"]), rule["answers"]) for rule in rules]
        self._used = [0] * len(rules)

    def error_of(self, url: URL) -> str | None:
        """The error that the next request to a URL will meet, if that is known before it is sent."""
        for n, (fits, answers) in enumerate(self._rules):
            if answers and fits(url):
                return answers[min(self._used[n], len(answers) - 1)].get("error")
        return sites.error_by_default(url.host or "")

    def answer(self, request: Request) -> Answer:
        for n, (fits, answers) in enumerate(self._rules):
            if answers and fits(request.url):
                told = answers[min(self._used[n], len(answers) - 1)]
                self._used[n] += 1
                return _as_told(request, told)
        return sites.answer_by_default(request, Answer, latency_of(request.url))


def _as_told(request: Request, told: dict) -> Answer:
    body = told.get("body", "")
    kind = "text/html; charset=utf-8" if str(body).lstrip().startswith("<") else "text/plain; charset=utf-8"
    if not isinstance(body, str):
        body, kind = json.dumps(body, ensure_ascii=False), "application/json"
    elif str(body).lstrip()[:1] in ("{", "["):
        kind = "application/json"
    raw = body.encode() if request.method != "HEAD" else b""
    headers = Headers({"Content-Type": kind, "Content-Length": len(body.encode())})
    for name, value in told.get("headers", {}).items():
        headers[name] = value
    seconds = told.get("latency", FAILING if told.get("error") in ("refused", "dns") else latency_of(request.url))
    return Answer(told.get("status", 200), headers, raw, seconds, told.get("error"))


def latency_of(url: URL) -> float:
    """0.10 to 0.50 s, always the same for a URL."""
    return round(0.1 + crc32(str(url).rstrip("/").encode()) % 41 / 100, 2)


def phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _matcher(pattern: str):
    """Whether a URL fits: `https://api.example.com/*`, `api.example.com/*`, or a host alone for all of its pages."""
    scheme, separator, rest = pattern.rpartition("://")
    host, slash, path = rest.partition("/")
    wanted = re.compile(fnmatch.translate(_plain(host if not slash else f"{host}/{path}")))

    def fits(url: URL) -> bool:
        if separator and not fnmatch.fnmatchcase(url.scheme, scheme):
            return False
        hosts = {url.host or "", f"{url.host}:{url.port}"}
        if not slash:
            return any(wanted.match(host) for host in hosts)
        return any(wanted.match(host + path) for host in hosts for path in {url.raw_path, url.path_qs})

    return fits


def _plain(pattern: str) -> str:
    """Only `*` is special in a pattern."""
    return pattern.replace("[", "[[]").replace("?", "[?]")


class Failure(Exception):
    """A request that got no answer: `dns`, `refused`, `disconnected`, `connect`, `read`, `total` (the client's own
    limits) or `unreachable` (the operating system gave up)."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def outcome(answer: Answer, limits: Limits) -> tuple[float, Failure | None]:
    """How long a client waits for an answer, and why it then has none."""
    ends = [(limits.read, "read"), (limits.total, "total")]
    if answer.error in ("dns", "refused"):
        ends = [(limits.connect, "connect"), (limits.total, "total")]
    limit, kind = min(((limit, kind) for limit, kind in ends if limit is not None), default=(None, ""))
    seconds = GIVE_UP if answer.error == "timeout" else answer.seconds
    if limit is not None and limit < seconds:
        return max(0.0, limit), Failure(kind)
    if answer.error == "timeout":
        return seconds, Failure("unreachable")
    return seconds, Failure(answer.error) if answer.error else None


def redirected(request: Request, answer: Answer) -> Request | None:
    """The request that follows a redirect, None when this answer is none."""
    if answer.status not in (301, 302, 303, 307, 308) or "Location" not in answer.headers:
        return None
    url = request.url.join(answer.headers["Location"])
    if answer.status in (307, 308) or request.method in ("GET", "HEAD"):
        return replace(request, url=url)
    return Request("GET", url, request.headers)
