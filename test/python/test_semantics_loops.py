"""Loops that run in emulated threads: when they go on, what their traces tell, and what is refused."""
import asyncio
import unittest

from laws import broken_law
from recording import of, record

THREADS = "import asyncio, threading, time\n"
LOOP = ("loop = asyncio.new_event_loop()\nthread = threading.Thread(target=loop.run_forever, daemon=True)\n"
        "thread.start()\nsubmit = lambda coro: asyncio.run_coroutine_threadsafe(coro, loop)\n")
STOP = "loop.call_soon_threadsafe(loop.stop)\nthread.join()\n"


class LoopsInThreads(unittest.TestCase):
    def ran(self, code: str) -> dict:
        result = record(THREADS + code)
        self.assertNotIn("faults", result)
        self.assertEqual(result["status"], "ran", result.get("reason"))
        self.assertIsNone(broken_law(result["events"]))
        return result

    def refused(self, code: str, words: str) -> None:
        result = record(THREADS + code)
        self.assertEqual((result["status"], result["stdout"]), ("skipped", ""))
        self.assertIn(words, result["reason"])
        self.assertIn("`engine=cpython`", result["reason"])

    def test_while_its_loop_is_open_the_clock_is_told_as_the_loops(self):
        result = self.ran(LOOP + "print(submit(asyncio.sleep(1, 'a')).result())\ntime.sleep(1)\n" + STOP + "time.sleep(1)\n")
        self.assertEqual([(event["from"] // 10**9, event["to"] // 10**9) for event in of(result, "advance")],
                         [(0, 1), (1, 2)])
        self.assertEqual([(event["from"] // 10**9, event["to"] // 10**9) for event in of(result, "block")], [(2, 3)])

    def test_what_the_main_thread_waited_before_and_after_its_loop_is_told_as_held(self):
        result = self.ran("def work():\n    time.sleep(1)\n    asyncio.run(asyncio.sleep(1))\n    time.sleep(1)\n"
                          "t = threading.Thread(target=work)\nt.start()\nt.join()\n")
        spans = [(event["k"], event["from"] // 10**9, event["to"] // 10**9) for event in of(result, "advance", "block")]
        self.assertEqual(spans, [("block", 0, 1), ("advance", 1, 2), ("block", 2, 3)])

    def test_lines_of_the_main_thread_stand_outside_of_any_tick(self):
        result = self.ran(LOOP + "submit(asyncio.sleep(1)).result()\nprint('main')\n" + STOP)
        [printed] = of(result, "print")
        self.assertEqual((printed["tick"], printed["step"], printed["task"]), (0, 0, None))
        kinds = [event["k"] for event in result["events"]]
        self.assertLess(kinds.index("open"), kinds.index("print"))
        self.assertLess(kinds.index("print"), kinds.index("close"))

    def test_a_loop_sleeps_on_until_its_selector_is_woken(self):
        direct = self.ran(LOOP + "time.sleep(1)\nloop.stop()\nthread.join(1)\nprint(thread.is_alive())\n"
                          "loop.call_soon_threadsafe(int)\nthread.join()\nprint(thread.is_alive())\n")
        self.assertEqual(direct["stdout"], "True\nFalse\n")
        timer = self.ran(LOOP + "submit(asyncio.sleep(2))\ntime.sleep(1)\nloop.call_soon(print, 'at two')\n"
                         "time.sleep(2)\nprint(loop.time() - 1000)\n" + STOP)
        self.assertEqual([event["t"] // 10**9 for event in of(timer, "print")], [2, 3])

    def test_who_began_to_wait_first_goes_on_first(self):
        ticks = "async def tick():\n    while True:\n        print('tick')\n        await asyncio.sleep(1)\n"
        result = self.ran(ticks + LOOP + "submit(tick())\ntime.sleep(3)\nprint('stop')\n" + STOP)
        self.assertEqual(result["stdout"], "tick\ntick\ntick\nstop\n")

    def test_each_thread_has_its_own_current_and_running_loop(self):
        result = self.ran("mine = asyncio.new_event_loop()\nasyncio.set_event_loop(mine)\ndef work():\n"
                          "    try:\n        asyncio.get_event_loop()\n    except RuntimeError as error:\n"
                          "        print(error)\n    own = asyncio.new_event_loop()\n    asyncio.set_event_loop(own)\n"
                          "    async def look():\n        return asyncio.get_running_loop() is own\n"
                          "    print(own.run_until_complete(look()))\n    print(asyncio.get_event_loop() is own)\n"
                          "t = threading.Thread(target=work)\nt.start()\nt.join()\n"
                          "print(asyncio.get_event_loop() is mine)\n")
        self.assertEqual(result["stdout"], "There is no current event loop in thread 'Thread-1 (work)'.\n"
                         "True\nTrue\nTrue\n")

    def test_threads_and_workers_begin_with_an_empty_context(self):
        result = self.ran("import contextvars, concurrent.futures\nname = contextvars.ContextVar('name', default='none')\n"
                          "name.set('main')\nasync def who():\n    return name.get()\ndef work():\n"
                          "    print(name.get(), asyncio.run(who()))\nt = threading.Thread(target=work)\nt.start()\nt.join()\n"
                          "with concurrent.futures.ThreadPoolExecutor() as pool:\n    print(pool.submit(name.get).result())\n"
                          + LOOP + "print(submit(who()).result())\n" + STOP)
        self.assertEqual(result["stdout"], "none none\nnone\nmain\n")

    def test_a_spinning_loop_lets_the_main_thread_go_on(self):
        result = self.ran("stop = False\nasync def spin():\n    while not stop:\n        await asyncio.sleep(0)\n"
                          + LOOP + "future = submit(spin())\nsubmit(asyncio.sleep(0)).result()\nstop = True\n"
                          "future.result()\nprint('over')\n" + STOP)
        self.assertEqual(result["stdout"], "over\n")

    def test_a_daemon_that_is_left_behind_tells_nothing_more(self):
        result = self.ran("async def work():\n    try:\n        await asyncio.sleep(9)\n    finally:\n        print('never')\n"
                          "threading.Thread(target=asyncio.run, args=(work(),), daemon=True).start()\ntime.sleep(1)\nprint('end')\n")
        self.assertEqual((result["stdout"], result.get("stderr", "")), ("end\n", ""))
        self.assertEqual(of(result, "close", "cancelReq"), [])

    def test_a_loop_that_is_blocked_holds_only_its_own_thread(self):
        block = "async def block():\n    time.sleep(1)\n    print('block')\n"
        result = self.ran(block + "t = threading.Thread(target=asyncio.run, args=(block(),))\nt.start()\nt.join()\n")
        [held] = of(result, "block")
        self.assertEqual((held["task"], held["api"], held["to"]), (1, "time.sleep", 10**9))
        self.refused(block + LOOP + "submit(block())\ntime.sleep(0.5)\n", "blocked while the main thread goes on")

    def test_two_loops_at_once_are_refused(self):
        self.refused("asyncio.run(asyncio.to_thread(lambda: asyncio.run(asyncio.sleep(1))))\n", "two event loops")
        self.refused(LOOP + "asyncio.run(asyncio.sleep(1))\n", "two event loops")
        both = "for _ in range(2): threading.Thread(target=asyncio.run, args=(asyncio.sleep(1),)).start()\n"
        self.refused(both, "two event loops")

    def test_the_world_around_has_its_policy_again(self):
        before = vars(asyncio.events)["_event_loop_policy"]
        self.ran(LOOP + STOP)
        self.assertIs(vars(asyncio.events)["_event_loop_policy"], before)
        kinds = [kind for kind in type(asyncio.events._get_event_loop_policy() if hasattr(
            asyncio.events, "_get_event_loop_policy") else asyncio.get_event_loop_policy()).__mro__ if "_Local" in vars(kind)]
        self.assertEqual([kind._Local.__module__ for kind in kinds], ["asyncio.events"])


if __name__ == "__main__":
    unittest.main()
