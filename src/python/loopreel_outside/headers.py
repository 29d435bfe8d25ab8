"""Headers: a mapping whose keys are the same in any case, in their order, some of them several times."""
from collections.abc import MutableMapping


class Headers(MutableMapping):
    """Keeps the spelling that it was given; `style` is how a key looks to the program (`str.title`, `str.lower`)."""

    style = staticmethod(str)

    def __init__(self, items=None, /, **more) -> None:
        self._items: list[tuple[str, str]] = []
        self.extend(items or (), **more)

    def extend(self, items=(), **more) -> None:
        if isinstance(items, Headers):
            items = items._items
        elif hasattr(items, "items"):
            items = items.items()
        for key, value in [*items, *more.items()]:
            self.add(key, value)

    def add(self, key, value) -> None:
        self._items.append((self.style(_text(key)), _text(value)))

    def __getitem__(self, key: str) -> str:
        found = self.getall(key, None)
        if not found:
            raise KeyError(key)
        return found[0]

    def __setitem__(self, key: str, value) -> None:
        wanted = key.lower()
        at = next((n for n, (name, _) in enumerate(self._items) if name.lower() == wanted), len(self._items))
        rest = [item for item in self._items[at:] if item[0].lower() != wanted]
        self._items[at:] = [(self.style(key), _text(value)), *rest]

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._items = [item for item in self._items if item[0].lower() != key.lower()]

    def __contains__(self, key) -> bool:
        return isinstance(key, str) and any(name.lower() == key.lower() for name, _ in self._items)

    def __iter__(self):
        return iter(dict.fromkeys(name for name, _ in self._items))

    def __len__(self) -> int:
        return len(self._items)

    def items(self):
        return list(self._items)

    def getall(self, key: str, default=()):
        found = [value for name, value in self._items if name.lower() == key.lower()]
        return found or default

    def getone(self, key: str, default=None):
        return self.get(key, default)

    def copy(self):
        return type(self)(self)

    def __eq__(self, other) -> bool:
        if not hasattr(other, "items"):
            return NotImplemented
        return _same(self) == _same(other)

    __hash__ = None

    def __repr__(self) -> str:
        inner = ", ".join(f"{name!r}: {value!r}" for name, value in self._items)
        return f"<{type(self).__name__}({inner})>"


def _same(headers) -> list:
    return sorted((str(name).lower(), str(value)) for name, value in headers.items())


def _text(value) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


class CIMultiDictProxy(Headers):
    """aiohttp's."""

    __module__ = "multidict._multidict"


class CaseInsensitiveDict(Headers):
    """requests'."""

    __module__ = "requests.structures"

    def __repr__(self) -> str:
        return repr(dict(self._items))


class LowerHeaders(Headers):
    """httpx', whose keys are lower case."""

    __module__ = "httpx"
    style = staticmethod(str.lower)

    def get_list(self, key: str) -> list:
        return list(self.getall(key))

    def multi_items(self) -> list:
        return self.items()

    def __repr__(self) -> str:
        return f"Headers({dict(self._items)!r})"


LowerHeaders.__name__ = LowerHeaders.__qualname__ = "Headers"
