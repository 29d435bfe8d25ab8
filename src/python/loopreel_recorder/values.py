"""Values as short text that is the same in every recording, without running the program's own code."""
import re

_ADDRESS = re.compile(r"(?<=\bat )0x([0-9a-fA-F]{5,16})\b")
_FIRST = 0x7F4A5C000A40
_STEP = 0x40


class Addresses:
    """Gives each memory address that a program prints a stable one, in order of first appearance."""

    def __init__(self, first: int = _FIRST) -> None:
        self._first = first
        self._stable: dict[int, int] = {}

    def stable(self, address: int) -> int:
        return self._stable.setdefault(address, self._first + _STEP * len(self._stable))

    def clean(self, text: str) -> str:
        """`text` with the addresses of `<object at 0x…>` replaced."""
        if " 0x" not in text:
            return text
        return _ADDRESS.sub(lambda match: hex(self.stable(int(match[1], 16))), text)


def brief(value: object, width: int = 120, depth: int = 3) -> str:
    """The repr of a value of a built-in type, at most `width` characters; `<Name object>` for any other.

    Never calls a method that the program defines: a hook must not change what the program does.
    """
    text = _brief(value, width, depth)
    return text if len(text) <= width else text[: width - 1] + "…"


def _brief(value: object, width: int, depth: int) -> str:
    kind = type(value)
    if kind is str:
        return repr(value[:width])
    if kind is bytes:
        return repr(value[:width])
    if kind is int:
        return repr(value) if value.bit_length() < 400 else "<int>"
    if kind in (bool, float, complex, type(None), range, type(...)):
        return repr(value)
    if kind in _BRACKETS:
        opening, closing = _BRACKETS[kind]
        if depth == 0:
            return opening + "…" + closing
        parts, room = [], width
        for item in value:
            part = _brief(item, room, depth - 1)
            if kind is dict:
                part += ": " + _brief(value[item], room, depth - 1)
            parts.append(part)
            room -= len(part) + 2
            if room < 0:
                break
        if not value:
            return {set: "set()", frozenset: "frozenset()"}.get(kind, opening + closing)
        return opening + ", ".join(parts) + ("," if kind is tuple and len(parts) == 1 else "") + closing
    if isinstance(value, BaseException) and kind.__repr__ is BaseException.__repr__:
        arguments = ", ".join(_brief(item, width, depth - 1) for item in BaseException.__getattribute__(value, "args"))
        return f"{kind.__name__}({arguments})"
    if isinstance(value, type):
        return f"<class {value.__name__}>"
    name = getattr(value, "__qualname__", None) if kind.__module__ in ("builtins", "functools") else None
    return f"<{kind.__name__} {name}>" if type(name) is str else f"<{kind.__name__} object>"


_BRACKETS = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    dict: ("{", "}"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
}


def message(error: BaseException, depth: int = 4) -> dict:
    """An exception as the trace writes it: `{type, message, exceptions?}`. A message that the program's own code would
    make is taken from its arguments instead. A group's exceptions are told `depth` levels deep, ten each."""
    kind = type(error)
    arguments = BaseException.__getattribute__(error, "args")
    if isinstance(error, BaseExceptionGroup) and kind.__str__ is BaseExceptionGroup.__str__:
        text = str(error)
    elif kind.__str__ in _PLAIN_STR and all(type(item) in (str, int, float, bool, type(None)) for item in arguments):
        text = str(error)
    elif len(arguments) == 1 and type(arguments[0]) is str:
        text = arguments[0]
    else:
        text = ", ".join(brief(item) for item in arguments)
    told = {"type": kind.__name__, "message": text[:500]}
    if isinstance(error, BaseExceptionGroup) and depth > 0:
        inside = BaseExceptionGroup.exceptions.__get__(error)
        told["exceptions"] = [message(one, depth - 1) for one in inside[:10]]
    return told


_PLAIN_STR = {
    BaseException.__str__, OSError.__str__, KeyError.__str__, SyntaxError.__str__, ImportError.__str__,
    UnicodeDecodeError.__str__, UnicodeEncodeError.__str__,
}
