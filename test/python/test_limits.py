"""Each limit ends a block as `stopped`, with the limit, the line and what it did up to there."""
import json
import sys
import unittest

from recording import of, record

from loopreel_recorder import record_block
from loopreel_recorder.native import record_with_deadline

#: Limit, its value, a program that runs into it, and the line (of the note) at which it does.
CASES = [
    ("turns", 500, "import asyncio\nasync def main():\n    print(1)\n    while True:\n        await asyncio.sleep(0)\n"
                   "asyncio.run(main())", 6),
    ("outputBytes", 100, "print(1)\nwhile True:\n    print('x' * 30)", 4),
    ("virtualSeconds", 60, "import asyncio\nasync def main():\n    print(1)\n    await asyncio.sleep(10**9)\n"
                           "asyncio.run(main())", 5),
    ("virtualSeconds", 60, "import time\nprint(1)\nwhile True:\n    time.sleep(10)", 5),
    ("deadlock", None, "import asyncio\nasync def main():\n    print(1)\n    await asyncio.Event().wait()\n"
                       "asyncio.run(main())", 5),
    ("thread", None, "import threading\nprint(1)\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", 6),
]


class Limits(unittest.TestCase):
    def test_each_limit_stops_its_block(self):
        for what, value, code, line in CASES:
            with self.subTest(what=what, code=code):
                result = record(code, **({what: value} if value is not None else {}))
                self.expect_stopped(result, what, line)

    def expect_stopped(self, result, what, line):
        self.assertEqual((result["status"], result["error"]["line"]), ("stopped", line), result.get("reason"))
        self.assertTrue(result["stdout"].startswith("1\n"))
        limit, end = result["events"][-2:]
        self.assertEqual((limit["k"], limit["what"], end["k"], end["outcome"]), ("limit", what, "end", "stopped"))
        self.assertTrue(result["header"]["truncated"])
        self.assertTrue(of(result, "print"))

    def test_a_recursion_that_was_asked_for_is_held_at_its_cap(self):
        code = "import sys\nprint(1)\nsys.setrecursionlimit(10**6)\ndef f(): f()\nf()"
        result = record(code, recursion=400)
        self.assertEqual((result["status"], result["events"][-2]["what"]), ("stopped", "recursion"))

    def test_more_events_than_a_recording_holds_end_the_recording_only(self):
        result = record("import asyncio\nasync def main():\n    for n in range(500):\n        await asyncio.sleep(1)\n"
                        "    print('end')\nasyncio.run(main())", events=300)
        self.assertEqual((result["status"], result["stdout"]), ("ran", "end\n"))
        self.assertTrue(result["header"]["truncated"])

    def test_real_time_ends_loops_that_swallow_everything(self):
        for code in ("print(1)\nwhile True:\n    pass",
                     "print(1)\nwhile True:\n    try:\n        while True: pass\n    except BaseException: pass"):
            with self.subTest(code=code):
                request = {"file": "note.md", "blocks": [{"id": "b1", "line": 1, "code": code, "meta": {}}],
                           "target": "b1", "limits": {"seconds": 0.2}}
                result = json.loads(record_with_deadline(record_block, json.dumps(request)))
                self.assertEqual((result["status"], result["stdout"]), ("stopped", "1\n"))
                self.assertIn('"what":"seconds"', result["trace"])

    def test_bombs_are_errors_of_python(self):
        deep = record("import json\njson.loads('[' * 100_000)")
        self.assertIn("RecursionError", deep["error"]["text"])
        huge = record("x = bytearray(10**18)")
        self.assertIn("Error", huge["error"]["text"])


class Endless(unittest.TestCase):
    def stopped(self, code: str, word: str, line: int, **limits):
        result = record(code, **limits)
        self.assertEqual(result["status"], "stopped", result)
        self.assertIn(word, result["reason"])
        self.assertEqual(result["error"]["line"], line)
        self.assertTrue(result["header"]["truncated"])
        self.assertEqual([event["k"] for event in result["events"][-2:]], ["limit", "end"])
        return result

    def test_a_loop_that_spins_at_one_instant_is_stopped_at_its_line(self):
        result = self.stopped("import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(0)\n"
                              "asyncio.run(main())\n", "without any time passing", 5, turns=3000)
        self.assertLess(len(result["events"]), 2000)

    def test_endless_output_is_stopped(self):
        result = self.stopped("while True:\n    print('again')\n", "printed more than 600 bytes", 3, outputBytes=600)
        self.assertEqual(result["stdout"], "again\n" * 100)

    def test_endless_virtual_time_is_stopped(self):
        self.stopped("import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\n"
                     "asyncio.run(main())\n", "on the virtual clock", 5, virtualSeconds=50)
        self.stopped("import time\nwhile True:\n    time.sleep(1)\n", "on the virtual clock", 4, virtualSeconds=50)

    def test_a_task_that_refuses_to_end_is_stopped_all_the_same(self):
        result = record("import asyncio\nasync def main():\n    while True:\n        try:\n"
                        "            await asyncio.sleep(1)\n        except (KeyboardInterrupt, asyncio.CancelledError):\n            pass\n"
                        "asyncio.run(main())\n", virtualSeconds=50)
        self.assertEqual(result["status"], "stopped")

    def test_a_program_that_does_more_than_a_recording_holds_runs_on(self):
        result = record("import asyncio\nasync def main():\n    for n in range(100):\n        await asyncio.sleep(1)\n"
                        "    print('through')\nasyncio.run(main())\n", events=200)
        self.assertEqual((result["status"], result["stdout"]), ("ran", "through\n"))
        self.assertTrue(result["header"]["truncated"])
        self.assertEqual(len(result["events"]), 202)

    def test_a_long_calculation_does_not_fill_the_trace(self):
        result = record("total = 0\nfor n in range(50_000):\n    total += n\nprint(total)\n", events=5000)
        self.assertEqual((result["status"], result["stdout"]), ("ran", "1249975000\n"))
        self.assertFalse(result["header"]["truncated"])

    def test_a_program_that_swallows_every_interrupt_is_stopped_all_the_same(self):
        if not hasattr(sys, "monitoring"):
            self.skipTest("needs sys.monitoring")
        result = record("import time\nprint('go')\nwhile True:\n    try:\n        time.sleep(1)\n"
                        "    except BaseException:\n        pass\n", virtualSeconds=50)
        self.assertEqual((result["status"], result["stdout"]), ("stopped", "go\n"))

    def test_a_deadlock_tells_in_what_each_task_waits_and_where(self):
        result = self.stopped("import asyncio\nasync def hold(one, other):\n    async with one:\n"
                              "        await asyncio.sleep(1)\n        await other.acquire()\nasync def main():\n"
                              "    a, b = asyncio.Lock(), asyncio.Lock()\n"
                              "    await asyncio.gather(hold(a, b), hold(b, a))\nasyncio.run(main())\n", "", 9)
        self.assertEqual(result["reason"], "every task waits and nothing can wake one: Task-1 in gather at line 9, "
                         "Task-2 in Lock.acquire at line 6, Task-3 in Lock.acquire at line 6")

    def test_a_thread_lock_that_nobody_can_release_is_an_error(self):
        self.stopped("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n", "wait for ever", 5)
        self.stopped("import queue\nqueue.SimpleQueue().get()\n", "wait for ever", 3)
        self.stopped("import queue\nqueue.Queue().get()\n", "wait for ever", 3)

    def test_endless_recursion_raises_as_in_python(self):
        result = record("def f():\n    return f()\nf()\n")
        self.assertEqual(result["status"], "raised")
        self.assertIn("RecursionError", result["error"]["text"])


if __name__ == "__main__":
    unittest.main()
