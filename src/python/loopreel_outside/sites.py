"""Sites that lessons ask, in their shape and with words of our own; and something sensible for any other."""
import base64
import hashlib
import json
import re
import uuid
from html import escape
from zlib import crc32

from .apis import api_answer, likely_answer
from .headers import Headers
from .names import HERE, is_known
from .urls import pairs

#: An address of TEST-NET-3 (RFC 5737): the reader's own, as servers see it.
_CLIENT = "203.0.113.7"


def error_by_default(host: str) -> str | None:
    """Why a host cannot be reached: it does not exist, or it is this computer, where no web server runs."""
    if not is_known(host):
        return "dns"
    return "refused" if host in HERE else None


def answer_by_default(request, make, seconds: float):
    """The answer where a note says nothing; `make` is `Answer`, `seconds` the URL's own latency."""
    host, path = request.url.host or "", request.url.path
    error = error_by_default(host)
    if error is not None:
        return make(0, Headers(), b"", 0.05 if error == "dns" else 0.0, error)
    for name, paths in _SITES.items():
        if host == name or host.endswith("." + name):
            for pattern, give in paths.items():
                if found := re.fullmatch(pattern, path):
                    return _made(request, make, seconds, give(request, *found.groups()))
            return _made(request, make, seconds, {"status": 404, "json": {}})
    return _made(request, make, seconds, _anything(request))


def _made(request, make, seconds, given: dict):
    headers = Headers(given.get("headers", ()))
    if "json" in given:
        indent = 2 if given.get("indent", True) else None
        body, kind = json.dumps(given["json"], indent=indent, ensure_ascii=False).encode(), "application/json"
    else:
        text = given.get("text", "")
        body, kind = (text if isinstance(text, bytes) else text.encode()), given.get("type", "text/html; charset=utf-8")
    headers.setdefault("Content-Type", kind)
    headers.setdefault("Content-Length", str(len(body)))
    headers.setdefault("Server", "simulated")
    return make(given.get("status", 200), headers, b"" if request.method == "HEAD" else body,
                given.get("seconds", seconds))


# httpbin: says back what it was asked


def _echo(request, *_path) -> dict:
    headers = {"Host": request.url.host, **dict(sorted(request.headers.items()))}
    told = {"args": request.url.query, "headers": headers, "origin": _CLIENT, "url": str(request.url)}
    if request.method in ("POST", "PUT", "PATCH", "DELETE") or request.url.path.startswith("/anything"):
        text = request.body.decode("utf-8", "replace")
        form = request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
        try:
            value = None if form or not text else json.loads(text)
        except ValueError:
            value = None
        told |= {"data": "" if form else text, "files": {}, "form": dict(pairs(text)) if form else {}, "json": value}
    return {"json": dict(sorted(told.items()))}


def _status(_request, codes: str) -> dict:
    return {"status": int(codes.split(",")[0]), "text": ""}


def _redirect(request, count: str) -> dict:
    left = int(count) - 1
    return {"status": 302, "headers": {"Location": f"/redirect/{left}" if left > 0 else "/get"}}


_SLIDES = {"slideshow": {"author": "A. Reader", "date": "2026-01-01", "title": "Sample Slide Show",
                         "slides": [{"title": "Wake up", "type": "all"}, {"title": "Overview", "type": "all"}]}}

_HTTPBIN = {
    r"/(?:get|post|put|patch|delete|anything(?:/.*)?)": _echo,
    r"/delay/(\d+(?:\.\d+)?)": lambda request, n: {**_echo(request), "seconds": min(10.0, float(n))},
    r"/status/(\d[\d,]*)": _status,
    r"/(?:absolute-|relative-)?redirect/(\d+)": _redirect,
    r"/redirect-to": lambda request: {"status": 302, "headers": {"Location": request.url.query.get("url", "/get")}},
    r"/json": lambda _: {"json": _SLIDES},
    r"/uuid": lambda _: {"json": {"uuid": str(uuid.uuid4())}},
    r"/ip": lambda _: {"json": {"origin": _CLIENT}},
    r"/user-agent": lambda request: {"json": {"user-agent": request.headers.get("User-Agent")}},
    r"/headers": lambda request: {"json": {"headers": _echo(request)["json"]["headers"]}},
    r"/cookies": lambda request: {"json": {"cookies": _cookies(request)}},
    r"/cookies/set": lambda request: {"status": 302, "headers": [
        ("Location", "/cookies"), *(("Set-Cookie", f"{k}={v}; Path=/") for k, v in request.url.query.items())]},
    r"/cookies/set/([^/]+)/([^/]+)": lambda _, name, value: {
        "status": 302, "headers": [("Location", "/cookies"), ("Set-Cookie", f"{name}={value}; Path=/")]},
    r"/basic-auth/([^/]+)/([^/]+)": lambda request, user, password: _basic(request, user, password),
    r"/bearer": lambda request: {"json": {"authenticated": True, "token": request.headers["Authorization"][7:]}}
    if request.headers.get("Authorization", "").startswith("Bearer ") else {"status": 401, "text": ""},
    r"/(?:stream-)?bytes/(\d+)": lambda request, n: {
        "text": _bytes(str(request.url), min(int(n), 102_400)), "type": "application/octet-stream"},
    r"/stream/(\d+)": lambda request, n: {"type": "application/json", "text": "".join(
        json.dumps({"id": i, "url": str(request.url)}) + "\n" for i in range(min(int(n), 100)))},
    r"/html": lambda request: _page(request),
    r"/image(?:/\w+)?": lambda request: {"text": _bytes(str(request.url), 8_090), "type": "image/png"},
    r"/": lambda request: _page(request),
}


def _cookies(request) -> dict:
    items = [part.strip().partition("=") for part in request.headers.get("Cookie", "").split(";") if "=" in part]
    return {name: value for name, _, value in items}


def _basic(request, user: str, password: str) -> dict:
    wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    if request.headers.get("Authorization") == wanted:
        return {"json": {"authenticated": True, "user": user}}
    return {"status": 401, "text": "", "headers": {"WWW-Authenticate": 'Basic realm="Fake Realm"'}}


# jsonplaceholder: small tables to read and pretend to change

_WORDS = "river stone light paper garden window letter market winter bridge morning island copper signal harbor".split()
_PEOPLE = ["Mina Kim", "Jun Park", "Ada Moreau", "Leo Brandt", "Sora Tanaka", "Nils Berg", "Ines Costa", "Omar Haddad",
           "Lena Fischer", "Yuna Choi"]


def _words(seed: int, count: int) -> str:
    return " ".join(_WORDS[(seed * 7 + n * (3 + seed % 4)) % len(_WORDS)] for n in range(count))


def _person(n: int) -> dict:
    name = _PEOPLE[(n - 1) % len(_PEOPLE)]
    user = name.split()[0]
    return {"id": n, "name": name, "username": user.lower(), "email": f"{user.lower()}@example.com",
            "address": {"street": f"{n} River Street", "city": "Seoul", "zipcode": f"{10000 + n}"},
            "phone": f"010-0000-{n:04}", "website": f"{user.lower()}.example.com", "company": {"name": f"{user} & Co."}}


_TABLES = {
    "posts": (100, lambda n: {"userId": (n - 1) // 10 + 1, "id": n, "title": _words(n, 4), "body": _words(n + 1, 12)}),
    "comments": (500, lambda n: {"postId": (n - 1) // 5 + 1, "id": n, "name": _words(n, 3),
                                 "email": f"reader{n}@example.com", "body": _words(n + 2, 10)}),
    "albums": (100, lambda n: {"userId": (n - 1) // 10 + 1, "id": n, "title": _words(n, 3)}),
    "photos": (5000, lambda n: {"albumId": (n - 1) // 50 + 1, "id": n, "title": _words(n, 3),
                                "url": f"https://via.placeholder.com/600/{n:06x}",
                                "thumbnailUrl": f"https://via.placeholder.com/150/{n:06x}"}),
    "todos": (200, lambda n: {"userId": (n - 1) // 20 + 1, "id": n, "title": _words(n, 4), "completed": n % 3 == 0}),
    "users": (10, _person),
}


def _table(request, name: str) -> dict:
    count, row = _TABLES[name]
    if request.method == "POST":
        try:
            sent = json.loads(request.body)
        except ValueError:
            sent = dict(pairs(request.body))
        return {"status": 201, "json": {**(sent if isinstance(sent, dict) else {}), "id": count + 1}}
    wanted = request.url.query
    limit = int(wanted.pop("_limit", 0) or 0)
    rows = [row(n) for n in range(1, count + 1)]
    rows = [one for one in rows if all(str(one.get(key, value)) == value for key, value in wanted.items())]
    return {"json": rows[:limit] if limit else rows}


def _row(request, name: str, number: str) -> dict:
    count, row = _TABLES[name]
    n = int(number)
    if request.method == "DELETE":
        return {"json": {}}
    if not 1 <= n <= count:
        return {"status": 404, "json": {}}
    if request.method in ("PUT", "PATCH"):
        try:
            sent = json.loads(request.body)
        except ValueError:
            sent = dict(pairs(request.body))
        return {"json": {**(row(n) if request.method == "PATCH" else {}), **sent, "id": n}}
    return {"json": row(n)}


def _part(_request, owner: str, number: str, name: str) -> dict:
    count, row = _TABLES[name]
    key = {"posts": "postId", "users": "userId", "albums": "albumId"}.get(owner, "")
    rows = (row(n) for n in range(1, count + 1))
    return {"json": [one for one in rows if str(one.get(key)) == number]}


_NAMES = "|".join(_TABLES)
_PLACEHOLDER = {
    rf"/({_NAMES})/?": _table,
    rf"/({_NAMES})/(\d+)": _row,
    rf"/({_NAMES})/(\d+)/({_NAMES})": _part,
    r"/?": lambda request: _page(request),
}

_SITES = {"httpbin.org": _HTTPBIN, "httpbingo.org": _HTTPBIN, "jsonplaceholder.typicode.com": _PLACEHOLDER}


# Any other


def _anything(request) -> dict:
    url = request.url
    known = api_answer(request)
    if known is not None:
        return {"json": known, "indent": False}
    ending = re.search(r"\.(\w{2,4})$", url.path)
    kind = _KINDS.get(ending[1].lower()) if ending else None
    if kind is not None:
        return {"text": _bytes(str(url), 1_024 + crc32(str(url).encode()) % 64_000) if kind.startswith(_BINARY)
                else f"{url.name}\n" + _words(len(str(url)), 12) + "\n", "type": kind}
    if request.method not in ("GET", "HEAD"):
        told = {"status": "ok", "method": request.method, "url": str(url), "simulated": True}
        return {"status": 201 if request.method == "POST" else 200, "json": told, "indent": False}
    if looks_like_an_api(url):
        return {"json": likely_answer(request), "indent": False}
    return _page(request)


_KINDS = {"txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "md": "text/plain; charset=utf-8",
          "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml",
          "pdf": "application/pdf", "zip": "application/zip", "gz": "application/gzip", "mp4": "video/mp4"}
_BINARY = ("image/", "application/", "video/")


def looks_like_an_api(url) -> bool:
    """Hosts and paths with `api`, versions (`/v1/`), `.json`, and paths that end in a number."""
    return bool(re.search(r"(^|[.-])api([.-]|\d|$)", url.host or "")
                or re.search(r"/(api|v\d+|graphql|rest)(/|$)|\.json$|/\d+/?$", url.path, re.IGNORECASE))


def _page(request) -> dict:
    """A page of HTML whose length is the URL's own."""
    host = request.url.host or ""
    title = "Example Domain" if re.fullmatch(r"(www\.)?example\.(com|org|net)", host) else host.removeprefix("www.")
    size = 4 + crc32(str(request.url).rstrip("/").encode()) % 40
    lines = "".join(f"<p>{_words(n + size, 9 + n % 5)}.</p>\n" for n in range(size))
    text = (f'<!doctype html><html lang="en"><head><title>{escape(title)}</title></head>\n<body>\n'
            f"<h1>{escape(title)}</h1>\n<p>A page of the simulated network: {escape(str(request.url))}</p>\n"
            f"{lines}</body>\n</html>\n")
    return {"text": text}


def _bytes(seed: str, count: int) -> bytes:
    parts = (hashlib.sha256(f"{seed}{n}".encode()).digest() for n in range(count // 32 + 1))
    return b"".join(parts)[:count]
