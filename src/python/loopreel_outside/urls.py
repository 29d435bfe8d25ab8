"""URLs as `yarl` and `httpx` show them: immutable, equal by their text."""
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from .missing import Simulated, module_getattr

DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
__getattr__ = module_getattr("yarl")


def pairs(query) -> list[tuple[str, str]]:
    """A query given as text, mapping or pairs; a list as value repeats its key."""
    if query is None:
        return []
    if isinstance(query, (str, bytes)):
        return parse_qsl(query if isinstance(query, str) else query.decode(), keep_blank_values=True)
    items = query.items() if hasattr(query, "items") else query
    return [(str(key), str(one)) for key, value in items
            for one in (value if isinstance(value, (list, tuple)) else [value])]


class URL(Simulated):
    """`yarl.URL`, as far as answers need it."""

    _package = "yarl"

    def __init__(self, text="", **_options) -> None:
        scheme, netloc, path, query, fragment = urlsplit(str(text).strip())
        path = quote(path, safe="/%:@!$&'()*+,;=~-._")
        if netloc and not path and (query or fragment):
            path = "/"
        query = quote(query, safe="/%:@!$&'()*+,;=~-._?")
        self._text = urlunsplit((scheme.lower(), netloc, path, query, fragment))
        self._split = urlsplit(self._text)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"URL({self._text!r})"

    def __eq__(self, other) -> bool:
        return type(other) is type(self) and str(other) == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __truediv__(self, name):
        base = self._split._replace(path=self._split.path.rstrip("/") + "/" + quote(str(name)), query="", fragment="")
        return type(self)(base.geturl())

    def __mod__(self, query):
        return self.update_query(query)

    @property
    def scheme(self) -> str:
        return self._split.scheme

    @property
    def host(self):
        return self._split.hostname

    @property
    def port(self):
        return self._split.port or DEFAULT_PORTS.get(self._split.scheme)

    @property
    def path(self) -> str:
        return unquote(self.raw_path)

    @property
    def raw_path(self) -> str:
        return self._split.path or ("/" if self._split.netloc else "")

    @property
    def query_string(self) -> str:
        return unquote(self._split.query)

    @property
    def query(self) -> dict:
        return dict(pairs(self._split.query))

    @property
    def fragment(self) -> str:
        return self._split.fragment

    @property
    def path_qs(self) -> str:
        return self.raw_path + (f"?{self._split.query}" if self._split.query else "")

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def parts(self) -> tuple:
        return ("/", *[part for part in self.path.split("/") if part])

    @property
    def parent(self):
        return type(self)(self._split._replace(path=self.raw_path.rpartition("/")[0], query="", fragment="").geturl())

    def is_absolute(self) -> bool:
        return bool(self._split.netloc)

    def origin(self):
        return type(self)(f"{self.scheme}://{self._split.netloc}")

    def human_repr(self) -> str:
        return unquote(self._text)

    def with_query(self, query=None, **more):
        return type(self)(self._split._replace(query=urlencode(pairs(query) + pairs(more))).geturl())

    def update_query(self, query=None, **more):
        added = pairs(query) + pairs(more)
        if not added:
            return self
        replaced = {key for key, _ in added}
        kept = [(key, value) for key, value in pairs(self._split.query) if key not in replaced]
        return self.with_query(kept + added)

    def extend_query(self, query=None, **more):
        added = pairs(query) + pairs(more)
        return self.with_query(pairs(self._split.query) + added) if added else self

    def with_path(self, path):
        return type(self)(self._split._replace(path=path, query="", fragment="").geturl())

    def join(self, other):
        return type(self)(urljoin(self._text, str(other)))


URL.__module__ = "yarl"
