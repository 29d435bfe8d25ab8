"""The laws on random programs (`generate.py`): `LAWS_SEEDS=2000-5000` says which. A failure prints seed and program."""
import asyncio
import contextlib
import gc
import heapq
import io
import itertools
import logging
import os
import sys
import unittest
from asyncio import events

from cost import BareLoop
from generate import program
from laws import broken_law
from recording import record

FIRST, LAST = map(int, os.environ.get("LAWS_SEEDS", "0-200").split("-"))


class Deadlock(BaseException):
    """Nothing can happen any more; holds what was printed before."""


class StableTimer(events.TimerHandle):
    """Timers at one moment fire in the order in which they were set, which `heapq` alone does not promise."""

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


class NumberedTask(asyncio.Task):
    """Sets of tasks have the order of their creation; that of their addresses is none."""

    def __init__(self, *arguments, **options):
        self.number = options["loop"].tasks = options["loop"].tasks + 1
        super().__init__(*arguments, **options)

    def __hash__(self):
        return self.number


class StockLoop(BareLoop):
    """CPython's own loop on a clock that jumps."""

    def __init__(self):
        super().__init__()
        self.tasks = 0
        self._numbers = itertools.count()
        self._selector.select = self._jump
        self.set_task_factory(lambda loop, coro, **options: NumberedTask(coro, loop=loop, **options))

    def _jump(self, timeout):
        if timeout is None:
            raise Deadlock(sys.stdout.getvalue())
        self._selector.now += timeout
        return []

    def call_at(self, when, callback, *args, context=None):
        timer = StableTimer(when, callback, args, self, context)
        timer.number = next(self._numbers)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer


def bare(source: str) -> tuple[str, str]:
    """How the program ends on CPython's own loop, unrecorded, and what it prints."""
    names: dict = {}
    exec(compile(source, "note.md", "exec"), names)
    out = io.StringIO()
    outer = events._get_running_loop()
    events._set_running_loop(None)
    logging.disable()
    try:
        with contextlib.redirect_stdout(out), asyncio.Runner(loop_factory=StockLoop) as runner:
            runner.run(names["main"]())
        status = "ran"
    except Deadlock as deadlock:
        return "stopped", deadlock.args[0]
    except Exception:
        status = "raised"
    finally:
        logging.disable(logging.NOTSET)
        events._set_running_loop(outer)
    return status, out.getvalue()


class Generated(unittest.TestCase):
    maxDiff = None

    def test_laws(self):
        for seed in range(FIRST, LAST):
            gc.collect()  # CPython 3.11 cannot parse while what is collected tells of itself (gh-106905)
            source = program(seed)
            with self.subTest(seed=seed):
                result = record(source + "\n\nasyncio.run(main())\n")
                told = f"seed {seed}\n{source}"
                self.assertIsNone(result.get("faults"), told)
                self.assertIsNone(broken_law(result["events"]), told)
                self.assertEqual((result["status"], result["stdout"]), bare(source), told)
                if seed % 4 == 0:
                    gc.collect()
                    again = record(source + "\n\nasyncio.run(main())\n")
                    self.assertEqual(result["trace"], again["trace"], told)


if __name__ == "__main__":
    unittest.main()
