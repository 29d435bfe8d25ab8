"""How an event becomes its line of JSON (`src/trace/README.md`), as text from the moment at which it happens.

The trace is one string member of the recorder's answer, so that all its quotes are escaped a second time there. Text
here is written with that second escape from the start: most pieces of a line are the same again and again, and escaping
60 MB at the end takes longer than recording them.
"""
import hashlib
import json
import platform
from functools import lru_cache
from itertools import chain, repeat
from json.encoder import encode_basestring, encode_basestring_ascii

#: Found out by regular expressions, which takes longer than many blocks.
_PYTHON = platform.python_version()

#: A field with this value is left out of its line.
ABSENT = object()

#: The own fields of each kind of event, in the order in which a line has them: `name` holds any value, `name:int` a
#: number or null, `name:word` one of a few ASCII words, `name:bool` true or false, `name?` may be ABSENT.
FIELDS = {
    "open": "loop:int",
    "tick": "ready:int",
    "advance": "from:int to:int",
    "block": "api from:int to:int site:int",
    "deadlock": "cycle",
    "limit": "what site:int",
    "close": "loop:int",
    "end": "outcome:word error?",
    "enq": "h:int kind:word by:int label internal:bool",
    "run": "h:int",
    "ran": "h:int",
    "hcancel": "h:int",
    "timer+": "h:int when:int api:word by:int label? internal:bool",
    "fire": "h:int",
    "timer-": "h:int",
    "spawn": "id:int name coro args parent:int site:int group:int eager:bool",
    "suspend": "site:int stack api leaf on",
    "wake": "by:int cause:word",
    "cancelReq": "by:int count:int message",
    "cancelDelivered": "",
    "uncancel": "count:int",
    "done": "outcome:word value? error?",
    "wopen": "w:int op:word members inner? jobs? mode? returnExceptions? deadline? site:int",
    "wadd": "w:int member:int",
    "wdeadline": "w:int deadline:int",
    "wmember": "w:int member:int index:int outcome:word",
    "wclose": "w:int outcome:word error?",
    "res+": "r:int kind label value:int site:int internal:bool capacity? lock?",
    "res": "r:int op:word value:int item?",
    "agen": "g:int name op:word site:int",
    "ctx": "op:word name site:int error?",
    "submit": "job:int label site:int pool:word",
    "tstart": "job:int thread at:int",
    "tend": "job:int at:int outcome:word",
    "deliver": "job:int",
    "io": "c:int op:word what bytes:int simulated:bool site:int",
    "line": "site:int",
    "print": "stream:word text",
    "raise": "site:int error",
    "handled": "site:int",
    "var": "name value scope site:int",
    "mark": "label",
}

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def escaped(text: str) -> str:
    """`text` as it stands inside a string of JSON."""
    return encode_basestring_ascii(text)[1:-1]


def value_text(value: object) -> str:
    """Any value as compact JSON, escaped. Lone surrogates are written as `\\udcxx`."""
    if type(value) is str:
        return _string_text(value) if len(value) < 100 else _whole_string_text(value)
    return _any_text(value)


def _any_text(value: object) -> str:
    return escaped(_encoder.encode(value).encode("utf-8", "backslashreplace").decode("utf-8"))


def _whole_string_text(value: str) -> str:
    text = encode_basestring(value)
    if not text.isascii():
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return escaped(text)


_string_text = lru_cache(2048)(_whole_string_text)


def _optional_text(value: object, name: str) -> str:
    return "" if value is ABSENT else escaped(f',"{name}":') + value_text(value)


#: What writes a value of each form; `#` stands for its name.
_FORMS = {
    "": "{value_text(#)}",
    "int": '{"null" if # is None else #}',
    "word": "{quote}{#}{quote}",
    "bool": '{"true" if # else "false"}',
}


def _own_writer(fields: str):
    """Compiles a kind's fields to a function: own values in, their text out, from the comma behind `task` to the end of
    the line."""
    names, parts = [], []
    for n, field in enumerate(fields.split()):
        name, _, form = field.partition(":")
        names.append(f"v{n}")
        if name.endswith("?"):
            parts.append(f'{{_optional_text(v{n}, "{name[:-1]}")}}')
        else:
            parts.append(_literal(escaped(f',"{name}":')) + _FORMS[form].replace("#", f"v{n}"))
    parts.append(_literal(escaped("}\n")))
    source = f"lambda {', '.join(names)}: f'{''.join(parts)}'"
    return eval(source, {"value_text": value_text, "_optional_text": _optional_text, "quote": escaped('"')})


def _literal(text: str) -> str:
    """`text` as it is written inside an f-string in single quotes."""
    return repr(text)[1:-1].replace("{", "{{").replace("}", "}}")


#: What gives the text of a kind's own fields.
OWN = {kind: _own_writer(fields) for kind, fields in FIELDS.items()}

#: Stands for a value that is not yet known, see `around`.
HOLE = "\0"


def around(kind: str, *own: object) -> list[str]:
    """The text of a kind's own fields before and behind the one that is HOLE."""
    text = OWN[kind](*own)
    return text.split(HOLE if HOLE in text else value_text(HOLE))


def instant_text(now: int, tick: int) -> str:
    """The text of a moment, up to the step's number."""
    return f'\\"t\\":{now},\\"tick\\":{tick},\\"step\\":'


class Subject(dict):
    """The text of kind and task, by the task's number."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __missing__(self, task: int | None) -> str:
        self[task] = text = escaped(f'"k":"{self._kind}","task":{"null" if task is None else task}')
        return text


def waited_for(kind: str, number: int) -> str:
    """The text of a list `on` that has one thing."""
    return f'[{{\\"{kind}\\":{number}}}]'


_THOUSAND = [f"{n}," for n in range(1000)]
_LAST_THREE = [f"{n:03}," for n in range(1000)]


def header(file: str, line: int, source: str, implementation: str, clock: str) -> dict:
    """The fields of a trace's first line that stand before the run: of the block's `source`, from `line` of `file`."""
    return {
        "format": "loopreel-trace",
        "version": 1,
        "python": _PYTHON,
        "implementation": implementation,
        "clock": clock,
        "file": file,
        "line": line,
        "source": "sha256:" + hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
    }


def trace_literal(header: dict, tape: list[str]) -> str:
    """The whole trace as a JSON string: its header, and the events of a tape, numbered. A tape holds three pieces an
    event: moment, subject and own fields."""
    begin = escaped('{"i":')
    parts = ['"', value_text(header), escaped("\n")]
    for thousand in range(0, len(tape), 3000):
        piece = tape[thousand:thousand + 3000]
        first = begin + str(thousand // 3000) if thousand else begin
        numbers = _LAST_THREE if thousand else _THOUSAND
        parts.append("".join(chain.from_iterable(
            zip(repeat(first), numbers, piece[::3], piece[1::3], piece[2::3]))))
    parts.append('"')
    return "".join(parts)
