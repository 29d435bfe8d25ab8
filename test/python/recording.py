"""Records programs for the tests."""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "src" / "python"))

from loopreel_recorder import record_block  # noqa: E402

PROGRAMS = sorted((HERE / "programs").glob("*.py"))


def record(*codes: str, target: int = 1, meta: dict | None = None, engine: dict | None = None, network: list = (),
           **limits) -> dict:
    """Records block `target` of a note made of these blocks, with `meta` from its fence, in a network with these rules;
    `events` of the result are the trace's lines."""
    blocks, line = [], 1
    for n, code in enumerate(codes, 1):
        blocks.append({"id": f"b{n}", "line": line, "code": code, "meta": meta or {}})
        line += code.count("\n") + 4
    request = {"file": "note.md", "blocks": blocks, "target": f"b{target}", "limits": limits,
               "engine": engine or {}, "network": list(network)}
    result = json.loads(record_block(json.dumps(request)))
    lines = [json.loads(line) for line in result.get("trace", "").splitlines()]
    result["header"], result["events"] = (lines[0], lines[1:]) if lines else ({}, [])
    return result


def of(result: dict, *kinds: str) -> list[dict]:
    """The events of these kinds."""
    return [event for event in result["events"] if event["k"] in kinds]


STOCK = '''
import asyncio, io, sys
from asyncio import events

class Loop(asyncio.SelectorEventLoop):
    """The stock loop, on a clock that jumps; it ticks a little at every look, as real clocks do."""
    def __init__(self):
        super().__init__()
        self.now = 0
        select = self._selector.select
        def jump(timeout):
            self.now += round((timeout or 0) * 1e9)
            return select(0)
        self._selector.select = jump
    def time(self):
        self.now += 1
        return self.now / 1e9

class Policy(asyncio.DefaultEventLoopPolicy):
    _loop_factory = Loop

events._event_loop_policy = Policy()
path = sys.argv[1]
with open(path) as opened:
    exec(compile(opened.read(), path, "exec"), {"__name__": "__main__"})
'''
