"""What recording costs: programs of 100,000 task switches, bare and recorded, as a ratio (`npm run bench`).

Bare is the stock loop of this Python on a clock that jumps, without any recording; `recorded` is all of
`record_block`, from the request's JSON to the answer's. Each figure is the best of several runs taken in turn, in
seconds of the processor.
"""
import asyncio
import gc
import json
import selectors
import sys
from time import process_time

from recording import record_block

PROGRAMS = {
    "sleep(0), one task": """
async def main():
    for _ in range(100_000):
        await asyncio.sleep(0)
""",
    "sleep(0), ten tasks": """
async def work():
    for _ in range(10_000):
        await asyncio.sleep(0)

async def main():
    await asyncio.gather(*(work() for _ in range(10)))
""",
    "sleep(1), ten tasks": """
async def work():
    for _ in range(5_000):
        await asyncio.sleep(1)

async def main():
    await asyncio.gather(*(work() for _ in range(10)))
""",
    "queue of one": """
async def produce(queue):
    for n in range(50_000):
        await queue.put(n)

async def consume(queue):
    for _ in range(50_000):
        await queue.get()

async def main():
    queue = asyncio.Queue(1)
    await asyncio.gather(produce(queue), consume(queue))
""",
    "gather, 1000 x 100": """
async def work():
    pass

async def main():
    for _ in range(1000):
        await asyncio.gather(*(work() for _ in range(100)))
""",
    "two events": """
async def turn(mine, other):
    for _ in range(50_000):
        await mine.wait()
        mine.clear()
        other.set()

async def main():
    ping, pong = asyncio.Event(), asyncio.Event()
    ping.set()
    await asyncio.gather(turn(ping, pong), turn(pong, ping))
""",
}


class JumpingSelector(selectors.BaseSelector):
    """Waits for nothing: the clock moves instead. The smallest of all virtual clocks."""

    def __init__(self):
        self.now = 0.0

    def select(self, timeout=None):
        self.now += timeout or 0
        return []

    def register(self, *_arguments):
        raise NotImplementedError

    unregister = register

    def get_map(self):
        return {}


class BareLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = JumpingSelector()

    def time(self):
        return self._selector.now

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass


def _source(name: str) -> str:
    return "import asyncio\n" + PROGRAMS[name] + "\nasyncio.run(main())\n"


def bare(name: str) -> float:
    outer = asyncio.events._get_running_loop()
    asyncio.events._set_running_loop(None)
    names: dict = {}
    exec(compile("import asyncio\n" + PROGRAMS[name], "bare.py", "exec"), names)
    gc.collect()
    start = process_time()
    with asyncio.Runner(loop_factory=BareLoop) as runner:
        runner.run(names["main"]())
    seconds = process_time() - start
    asyncio.events._set_running_loop(outer)
    return seconds


def recorded(name: str, events: int | None) -> tuple[float, int, int]:
    """Seconds, events and bytes of the trace; `events` is the limit, None for the default one."""
    block = {"id": "b1", "line": 0, "code": _source(name), "meta": {}}
    limits = {"seconds": 600} if events is None else {"seconds": 600, "events": events}
    request = json.dumps({"file": "cost.py", "blocks": [block], "target": "b1", "limits": limits})
    gc.collect()
    start = process_time()
    answer = record_block(request)
    seconds = process_time() - start
    result = json.loads(answer)
    assert result["status"] == "ran" and "faults" not in result, result
    return seconds, result["trace"].count("\n") - 1, len(result["trace"])


def table(runs: int = 3, chosen=None):
    """`(name, bare, whole, default, events, bytes)`: seconds of a bare run, of a recording that keeps every event, and
    of one within the default limits."""
    for name in chosen or PROGRAMS:
        bares, wholes, defaults, told = [], [], [], (0, 0)
        for _ in range(runs):
            bares.append(bare(name))
            defaults.append(recorded(name, None)[0])
            seconds, *told = recorded(name, 10_000_000)
            wholes.append(seconds)
        yield (name, min(bares), min(wholes), min(defaults), *told)


def main(runs: int = 3, chosen=None) -> None:
    print(f"{'':22}{'bare':>8}{'every event':>20}{'default limit':>20}{'events':>10}{'MB':>6}")
    for name, one, whole, default, events, size in table(runs, chosen):
        print(f"{name:22}{one:6.2f} s{whole:9.2f} s {whole / one:6.1f} x{default:9.2f} s {default / one:6.1f} x"
              f"{events:10}{size / 1e6:6.1f}", flush=True)


if __name__ == "__main__":
    main(chosen=sys.argv[1:])
