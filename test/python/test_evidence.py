"""What `loopreel check` is told of a block: who printed what, what its text shows, how another world changes it."""
import json
import unittest

from recording import record_block


def check(*codes, target=1, seed=0):
    blocks, line = [], 1
    for n, code in enumerate(codes, 1):
        blocks.append({"id": f"b{n}", "line": line, "code": code, "meta": {}})
        line += code.count("\n") + 4
    request = {"file": "note.md", "blocks": blocks, "target": f"b{target}", "check": True, "world": {"seed": seed}}
    return json.loads(record_block(json.dumps(request)))


class Pieces(unittest.TestCase):
    def test_each_piece_has_the_line_that_printed_it_and_the_statement_that_led_there(self):
        code = "def f():\n    print('하나',\n          'b')\n\nf()\nprint('c')"
        pieces = check(code)["check"]["pieces"]
        self.assertEqual(pieces, [[0, 3, 6, "stdout", "하나 b\n"], [0, 7, 7, "stdout", "c\n"]])

    def test_pieces_of_a_thread_come_at_its_own_time(self):
        code = ("import asyncio, time\ndef job():\n    time.sleep(2)\n    print('late')\nasync def main():\n"
                "    task = asyncio.to_thread(job)\n    print('soon')\n    await task\nasyncio.run(main())")
        pieces = check(code)["check"]["pieces"]
        self.assertEqual([(t, line, text) for t, line, _, _, text in pieces],
                         [(0, 8, "soon\n"), (2 * 10**9, 5, "late\n")])

    def test_a_session_tells_its_statements_apart(self):
        pieces = check(">>> def f():\n...     print(1)\n...\n>>> f()\n1\n>>> 2\n2")["check"]["pieces"]
        self.assertEqual([piece[2] for piece in pieces], [5, 7])


class Texts(unittest.TestCase):
    def test_output_below_the_code_is_told_with_its_line(self):
        self.assertEqual(check("print('a b')\n\na b c")["check"]["pasted"], {"line": 4, "text": "a b c"})
        self.assertEqual(check("print(1)\n1")["check"]["pasted"], {"line": 3, "text": "1"})
        self.assertNotIn("pasted", check("print(1)\n'a'")["check"])

    def test_names_tell_where_they_come_from(self):
        told = check("x = 한글변수 + later()\nasyncio.sleep\nnumpy.array", "def later(): pass")["check"]["names"]
        self.assertEqual([(name["name"], name["from"], name["line"], name["column"]) for name in told],
                         [("한글변수", "nowhere", 2, 5), ("later", "later", 2, 12), ("asyncio", "library", 3, 1),
                          ("numpy", "package", 4, 1)])
        self.assertEqual(check("import asyncio\ndef f(): pass", "asyncio.run(f())", target=2)["check"]["names"], [])
        self.assertEqual(check("try:\n    x\nexcept NameError:\n    pass")["check"]["names"], [])

    def test_deprecated_api_is_found_under_any_name(self):
        code = ("import asyncio as aio\nfrom asyncio import set_event_loop_policy\n\nloop = aio.get_event_loop()\n"
                "lock = aio.Lock(loop=loop)\nasync def f():\n    aio.get_event_loop()\n    await aio.wait([f()])\n"
                "@aio.coroutine\ndef g(): pass")
        found = [(one["line"], one["what"], one["removed"]) for one in check(code)["check"]["findings"]
                 if one["rule"] == "deprecated"]
        self.assertEqual(sorted(found), [
            (3, "`asyncio.set_event_loop_policy`", "3.16"),
            (5, "`asyncio.get_event_loop()` without a running loop", None),
            (6, "the argument `loop` of `asyncio.Lock()`", "3.10"),
            (9, "a coroutine given to `asyncio.wait()`", "3.11"),
            (10, "`asyncio.coroutine`", "3.11"),
        ])

    def test_a_dropped_coroutine_is_found_without_running_it(self):
        code = "import asyncio\nasync def f(): pass\nasync def main():\n    f()\n    asyncio.sleep(1)\n    await f()"
        self.assertEqual([(one["line"], one["what"]) for one in check(code)["check"]["findings"]],
                         [(5, "f"), (6, "asyncio.sleep")])


class Worlds(unittest.TestCase):
    def outputs(self, code):
        return {check(code, seed=seed)["stdout"] for seed in range(6)}

    def test_chance_differs(self):
        for code in ("import random\nprint(random.random())", "import time\nprint(int(time.time()) // 1000)",
                     "print(object())", "for x in {'a', 'b', 'c', 'd'}: print(x)", "import os\nprint(os.getpid())",
                     "from datetime import date\nprint(date.today())", "print(list({'x', 'y', 'z', 'w', 'v'}))"):
            with self.subTest(code):
                self.assertGreater(len(self.outputs(code)), 1)

    def test_order_that_nothing_holds_differs(self):
        race = ("import threading\ndef job(name): print(name)\n"
                "for name in 'abcd': threading.Thread(target=job, args=(name,)).start()")
        done = ("import asyncio\nasync def f(): pass\nasync def main():\n"
                "    done, _ = await asyncio.wait([asyncio.create_task(f(), name=n) for n in 'abcd'])\n"
                "    for task in done: print(task.get_name())\nasyncio.run(main())")
        for code in (race, done):
            self.assertGreater(len(self.outputs(code)), 1)

    def test_what_the_program_decides_does_not(self):
        code = ("import asyncio\nasync def f(n):\n    await asyncio.sleep(n / 10)\n    print(n)\nasync def main():\n"
                "    await asyncio.gather(f(3), f(1), f(2))\n    for n in {1, 2, 3}: print(n)\n"
                "    print(sorted({'b', 'a'}))\nasyncio.run(main())")
        self.assertEqual(len(self.outputs(code)), 1)

    def test_measured_time_is_a_little_longer_and_never_shorter(self):
        code = "import time\nstart = time.perf_counter()\ntime.sleep(2)\nprint(time.perf_counter() - start)"
        took = sorted(float(output) for output in self.outputs(code))
        self.assertEqual(took[0], 2.0)
        self.assertGreater(took[-1], 2.0)
        self.assertLess(took[-1], 2.2)

    def test_waiting_takes_a_millisecond_longer_at_most_on_a_fast_machine_and_never_less(self):
        code = "import asyncio\nasyncio.run(asyncio.sleep(2))"
        ends = [json.loads(check(code, seed=seed)["trace"].splitlines()[-1])["t"] for seed in range(4)]
        self.assertEqual(min(ends), 2 * 10**9)
        self.assertLess(max(ends[:3]), 2_001_300_000)
        self.assertTrue(2_010_000_000 < ends[3] < 2_041_000_000, "the third world is a slow machine")

    waits = ("import asyncio\nasync def f(*waits):\n    for wait in waits: await asyncio.sleep(wait)\n"
             "    print(waits)\nasync def main():\n    await asyncio.gather(%s)\nasyncio.run(main())")

    def test_waits_that_meet_by_different_ways_end_in_any_order(self):
        self.assertEqual(len(self.outputs(self.waits % "f(1, 2), f(2, 1)")), 2)

    def test_waits_of_one_length_end_in_the_order_in_which_they_began(self):
        self.assertEqual(len(self.outputs(self.waits % "f(3), f(1, 2), f(3)")), 1)
        self.assertEqual(len(self.outputs(self.waits % "f(.1, .1), f(.1, .1), f(.1, .1)")), 1)
        self.assertEqual(len(self.outputs(self.waits % "f(.2, .1), f(.1), f(.1, .1)")), 1)

    def test_a_timeout_of_the_length_of_what_it_ends_is_decided(self):
        code = ("import asyncio\nasync def main():\n    try:\n        await asyncio.wait_for(asyncio.sleep(1), 1)\n"
                "    except TimeoutError: print('late')\n    else: print('in time')\nasyncio.run(main())")
        self.assertEqual(len(self.outputs(code)), 1)

    def test_the_same_seed_gives_the_same_world(self):
        code = "import random\nprint(random.random(), object(), {'a', 'b'})"
        self.assertEqual(check(code, seed=4)["stdout"], check(code, seed=4)["stdout"])


if __name__ == "__main__":
    unittest.main()
