"""Each limit ends a block as `stopped`, with the limit, the line and what it did up to there."""
import json
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


if __name__ == "__main__":
    unittest.main()
