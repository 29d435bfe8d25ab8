"""Threads and processes, emulated: what they share, in which order they go, and what the trace calls them."""
import unittest

from recording import of, record

from loopreel_recorder.touches import Touches


class Jobs(unittest.TestCase):
    def test_processes_share_no_memory_and_get_copies(self):
        result = record("import asyncio\nfrom concurrent.futures import ProcessPoolExecutor\ncount, items = 0, []\n"
                        "def bump(n, given):\n    global count\n    count += n\n    items.append(n)\n    given.append(n)\n"
                        "    return count, items\nasync def main():\n    given, loop = [], asyncio.get_running_loop()\n"
                        "    with ProcessPoolExecutor(1) as pool:\n        for n in (1, 2):\n"
                        "            print(await loop.run_in_executor(pool, bump, n, given))\n"
                        "    print(count, items, given)\nasyncio.run(main())\n")
        self.assertEqual(result["stdout"], "(1, [1])\n(3, [1, 2])\n0 [] []\n")
        self.assertEqual([event["pool"] for event in of(result, "submit")], ["process"] * 2)
        self.assertEqual([event["thread"] for event in of(result, "tstart")], ["Process-1"] * 2)

    def test_a_process_is_a_job_with_a_memory_of_its_own(self):
        result = record("import time\nfrom multiprocessing import Process, Queue\ncount, items = 0, []\nclass Kept:\n"
                        "    total = 0\ndef work(q, n, given):\n    global count\n    count += n\n    items.append(n)\n"
                        "    given.append(n)\n    Kept.total += n\n    time.sleep(n)\n"
                        "    q.put((count, items, given, Kept.total))\n"
                        "if __name__ == '__main__':\n    q, given = Queue(), []\n"
                        "    ps = [Process(target=work, args=(q, n, given)) for n in (2, 1)]\n    for p in ps: p.start()\n"
                        "    print(q.get(), q.get())\n    for p in ps: p.join()\n"
                        "    print(count, items, given, Kept.total, [p.exitcode for p in ps], time.monotonic() - 1000)\n")
        self.assertNotIn("faults", result)
        self.assertEqual(result["stdout"], "(1, [1], [1], 1) (2, [2], [2], 2)\n0 [] [] 0 [0, 0] 2.0\n")
        self.assertEqual([(event["pool"], event["label"]) for event in of(result, "submit")], [("process", "work")] * 2)
        self.assertEqual([event["thread"] for event in of(result, "tstart")], ["Process-1", "Process-2"])

    def test_a_process_that_is_ended_early_or_fails_says_so(self):
        result = record("import time, sys\nfrom multiprocessing import Process\ndef wait():\n    time.sleep(9)\n"
                        "def fail():\n    raise ValueError('x')\nif __name__ == '__main__':\n"
                        "    ps = [Process(target=wait), Process(target=fail), Process(target=sys.exit, args=(3,))]\n"
                        "    for p in ps: p.start()\n    time.sleep(1)\n    ps[0].terminate()\n    for p in ps: p.join()\n"
                        "    print([p.exitcode for p in ps], time.monotonic() - 1000)\n")
        self.assertEqual(result["stdout"], "[-15, 1, 3] 1.0\n")
        self.assertTrue(result["stderr"].startswith("Process Process-2:\nTraceback (most recent call last):\n"))
        self.assertTrue(result["stderr"].endswith("ValueError: x\n"))
        self.assertEqual(len(of(result, "tend")), 3)

    def test_the_class_of_processes_is_its_own_again(self):
        from multiprocessing import context, process
        before = context.Process._Popen, context.BaseContext.Queue
        record("from multiprocessing import Process\np = Process(target=int)\np.start()\np.join()\n")
        self.assertEqual((context.Process._Popen, context.BaseContext.Queue), before)
        self.assertFalse(hasattr(process.BaseProcess, "__deepcopy__"))

    def test_what_waits_for_jobs_of_an_executor_names_them(self):
        result = record("import asyncio\ndef work(n):\n    return n\nasync def main():\n"
                        "    loop = asyncio.get_running_loop()\n"
                        "    jobs = [loop.run_in_executor(None, work, n) for n in range(3)]\n"
                        "    await asyncio.gather(*jobs, asyncio.sleep(1))\n"
                        "    await asyncio.wait([loop.run_in_executor(None, work, 4)])\n"
                        "    for one in asyncio.as_completed([loop.run_in_executor(None, work, 5)]):\n        await one\n"
                        "    await asyncio.gather(asyncio.sleep(1))\nasyncio.run(main())\n")
        told = [(event["op"], len(event["members"]), event.get("jobs")) for event in of(result, "wopen")]
        self.assertEqual(told, [("gather", 1, [1, 2, 3]), ("wait", 0, [4]), ("as_completed", 0, [5]),
                                ("gather", 1, None)])

    def test_what_cannot_be_pickled_does_not_reach_a_process(self):
        result = record("from concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor() as pool:\n"
                        "    print(type(pool.submit(lambda: 1).exception()).__name__)\n")
        self.assertIn(result["stdout"], ("PicklingError\n", "AttributeError\n"))

    def test_a_pool_takes_no_more_jobs_at_a_time_than_it_has_workers(self):
        result = record("import asyncio, time\nfrom concurrent.futures import ThreadPoolExecutor\nasync def main():\n"
                        "    loop = asyncio.get_running_loop()\n    with ThreadPoolExecutor(max_workers=2) as pool:\n"
                        "        await asyncio.gather(*(loop.run_in_executor(pool, time.sleep, n) for n in (3, 1, 1)))\n"
                        "asyncio.run(main())\n")
        starts = [(event["job"], event["thread"][-1], event["at"] // 10**9) for event in of(result, "tstart")]
        self.assertEqual(starts, [(1, "0", 0), (2, "1", 0), (3, "1", 1)])
        self.assertEqual([(event["job"], event["t"] // 10**9) for event in of(result, "deliver")],
                         [(2, 1), (3, 2), (1, 3)])

    def test_the_clock_moves_before_what_is_due_then(self):
        result = record("import asyncio, time\ndef work():\n    time.sleep(1)\n    print('done')\n"
                        "asyncio.run(asyncio.to_thread(work))\n")
        kinds = [event["k"] for event in of(result, "advance", "print", "deliver")]
        self.assertEqual(kinds, ["advance", "print", "deliver"])

    def test_what_the_loop_runs_is_not_told_as_called_from_the_line_that_started_it(self):
        result = record("import asyncio, time\nasync def main():\n    await asyncio.gather(asyncio.to_thread(time.sleep, 1))\n"
                        "asyncio.run(main())\n")
        self.assertEqual([event["site"] for event in of(result, "submit")], [None])

    def test_a_thread_may_hand_a_coroutine_to_the_loop(self):
        result = record("import asyncio, threading, time\nasync def greet():\n    await asyncio.sleep(1)\n    print('hi')\n"
                        "def work(loop):\n    time.sleep(1)\n    asyncio.run_coroutine_threadsafe(greet(), loop)\n"
                        "    print('handed over')\nasync def main():\n    loop = asyncio.get_running_loop()\n"
                        "    threading.Thread(target=work, args=(loop,)).start()\n    await asyncio.sleep(3)\n"
                        "asyncio.run(main())\n")
        printed = [(event["text"], event["t"] // 10**9) for event in of(result, "print")]
        self.assertEqual(printed, [("handed over\n", 1), ("hi\n", 2)])


THREADS = "import asyncio, threading, time\n"
AHEAD = "lambda: sorted([0], key=lambda _: work())"
BOTH = "for t in threads: t.start()\nfor t in threads: t.join()\n"


class WhatCannotBeEmulated(unittest.TestCase):
    """A thread is left where a function of the block waits, and others go on. Where it cannot be left (here: in what
    `sorted` calls) it runs ahead of the others, and what would then show in a wrong order is refused, not recorded."""

    def refused(self, code: str, words: str) -> None:
        result = record(THREADS + code)
        self.assertEqual((result["status"], result["stdout"], result["events"]), ("skipped", "", []))
        self.assertIn(words, result["reason"])
        self.assertIn("`engine=cpython`", result["reason"])

    def runs(self, code: str, stdout: str) -> None:
        result = record(THREADS + code)
        self.assertNotIn("faults", result)
        self.assertEqual((result["status"], result["stdout"]), ("ran", stdout))

    def test_a_data_race_is_seen_and_a_lock_mends_it(self):
        body = "global n\n{0}before = n\n{0}time.sleep(0.1)\n{0}n = before + 1\n"
        start = "n = 0\nlock = threading.Lock()\ndef work():\n    "
        end = "threads = [threading.Thread(target=work) for _ in range(3)]\n" + BOTH + "print(n)\n"
        self.runs(start + body.format("    ") + end, "1\n")
        self.refused(start + body.format("    ") + end.replace("=work)", f"={AHEAD})"),
                     "two threads use `n` at the same time")
        locked = body.replace("global n\n", "global n\n    with lock:\n").format("        ")
        self.runs(start + locked + end, "3\n")

    def test_results_come_in_the_order_in_which_threads_get_there(self):
        work = "log = []\ndef work(seconds):\n    time.sleep(seconds)\n    log.append(seconds)\n"
        start = "threads = [threading.Thread(target={}) for n in (2, 1)]\n" + BOTH + "print(log)\n"
        self.runs(work + start.format("work, args=(n,)"), "[1, 2]\n")
        self.runs(work + start.format("lambda n=n: work(n)"), "[1, 2]\n")
        self.refused(work + start.format("lambda n=n: sorted([n], key=work)"), "two threads use `log`")
        main = "async def main():\n    await asyncio.gather({})\nasyncio.run(main())\nprint(log)\n"
        self.runs(work + main.format("asyncio.to_thread(work, 2), asyncio.to_thread(work, 1)"), "[1, 2]\n")
        self.refused(work + main.format("asyncio.to_thread(sorted, [2], key=work), asyncio.to_thread(sorted, [1], key=work)"),
                     "two threads use `log`")

    def test_what_is_handed_over_where_a_thread_cannot_be_left_comes_when_it_did(self):
        start = ("import queue\nbox, event, seats = queue.Queue(), threading.Event(), threading.Semaphore(0)\n"
                 "began = time.monotonic()\ndef give(n):\n    time.sleep(1)\n    box.put(n)\n    event.set()\n"
                 "    seats.release()\n    return n\ndef take(n):\n"
                 "    print(box.get(), event.wait(5), seats.acquire(), time.monotonic() - began)\n"
                 "giver = threading.Thread(target=lambda: sorted([1, 2], key=give))\ngiver.start()\n")
        end = "giver.join()\nprint(box.get(), seats.acquire(timeout=1), time.monotonic() - began)\n"
        for taking in ("take(0)\n", "taker = threading.Thread(target=lambda: sorted([0], key=take))\ntaker.start()\n"
                       "taker.join()\n"):
            with self.subTest(taking):
                self.runs(start + taking + end, "1 True True 1.0\n2 True 2.0\n")

    def test_a_thread_that_looks_for_a_change_finds_it(self):
        look = ("done = False\ndef work():\n    while not done:\n        time.sleep(0.1)\nt = threading.Thread(target={})\n"
                "t.start()\ntime.sleep(1.05)\ndone = True\nt.join()\nprint(round(time.monotonic() % 1, 3))\n")
        self.runs(look.format("work"), "0.1\n")
        self.runs(look.format("lambda: work()"), "0.1\n")
        self.refused(look.format(AHEAD), "looks again")
        late = ("done = False\ndef work():\n    global done\n    time.sleep(1)\n    done = True\n"
                "threading.Thread(target={}).start()\nwhile not done:\n    time.sleep(0.4)\nprint(round(time.monotonic() - 1000, 3))\n")
        self.runs(late.format("work"), "1.2\n")
        self.refused(late.format(AHEAD), "two threads use `done`")

    def test_a_long_calculation_is_looked_at_only_for_a_while(self):
        looks, look = [], Touches._look
        Touches._look = lambda touches, frame, number: looks.append(number) or look(touches, frame, number)
        try:
            self.runs("def work():\n    for n in range(20_000):\n        n += 1\n    return n\n"
                      "print(asyncio.run(asyncio.to_thread(work)))\n", "20000\n")
        finally:
            Touches._look = look
        self.assertLess(len(looks), 200)

    def test_what_each_thread_keeps_for_itself_is_no_meeting(self):
        self.runs("own = threading.local()\nclass Work(threading.Thread):\n    def __init__(self, n):\n"
                  "        super().__init__()\n        self.n, self.log = n, []\n    def run(self):\n"
                  "        own.n = self.n\n        time.sleep(self.n)\n        self.log.append(own.n)\n"
                  "threads = [Work(2), Work(1)]\n" + BOTH + "print([t.log for t in threads])\n", "[[2], [1]]\n")

    def test_threads_take_turns_at_a_semaphore_and_at_a_lock_that_one_may_take_twice(self):
        say = "start = time.monotonic()\ndef say(n):\n    print(n, round(time.monotonic() - start))\n"
        end = "threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]\n" + BOTH + "say('end')\n"
        self.runs(say + "two = threading.Semaphore(2)\ndef work(n):\n    with two:\n        say(n)\n        time.sleep(1)\n"
                  + end, "0 0\n1 0\n2 1\n3 1\nend 2\n")
        self.runs(say + "lock = threading.RLock()\ndef work(n):\n    with lock, lock:\n        say(n)\n"
                  "        time.sleep(1)\n" + end, "0 0\n1 1\n2 2\n3 3\nend 4\n")

    def test_a_lock_is_had_first_by_who_gets_there_first(self):
        lock = ("lock = threading.Lock()\ndef work(seconds):\n    time.sleep(seconds)\n    with lock:\n        print(seconds)\n"
                "        time.sleep(3)\nthreads = [threading.Thread(target={}) for n in (2, 1)]\n" + BOTH)
        self.runs(lock.format("work, args=(n,)"), "1\n2\n")
        self.refused(lock.format("lambda n=n: sorted([n], key=work)"), "threads meet at a lock")
        event = ("stop = threading.Event()\ndef work():\n    while not stop.is_set():\n        time.sleep(1)\n    print('ends')\n"
                 "t = threading.Thread(target={}, daemon=True)\nt.start()\ntime.sleep(3)\nstop.set()\nt.join()\n")
        self.runs(event.format("work"), "ends\n")
        self.refused(event.format(AHEAD), "threads meet at an event")

    def test_a_timer_that_is_cancelled_in_time_does_nothing(self):
        self.runs("timers = [threading.Timer(n, print, (n,)) for n in (1, 3)]\nfor t in timers: t.start()\n"
                  "time.sleep(2)\ntimers[1].cancel()\nfor t in timers: t.join()\nprint('end')\n", "1\nend\n")

    def test_the_main_thread_is_notified_when_the_clock_says_so(self):
        self.runs("change = threading.Condition()\ndef work():\n    time.sleep(2)\n    with change:\n        change.notify()\n"
                  "threading.Thread(target=work).start()\nstart = time.monotonic()\nwith change:\n    change.wait()\n"
                  "print(time.monotonic() - start)\n", "2.0\n")

    def test_a_thread_may_wait_for_the_loop(self):
        ask = ("async def greet():\n    return 1\ndef work(loop):\n"
               "    print(asyncio.run_coroutine_threadsafe(greet(), loop).result())\nasync def main():\n"
               "    loop = asyncio.get_running_loop()\n    await asyncio.to_thread({})\nasyncio.run(main())\n")
        self.runs(ask.format("work, loop"), "1\n")
        self.runs(ask.format("lambda: work(loop)"), "1\n")
        self.refused(ask.format("sorted, [loop], key=work"), "main thread")


if __name__ == "__main__":
    unittest.main()
