"""Threads, pools and queues between them, emulated: in what order they print, and at what time."""
import unittest

from recording import record


class Threads(unittest.TestCase):
    def test_threads_are_emulated(self):
        result = record("import threading, time\ndef work(n):\n    print(n, threading.current_thread().name)\n"
                        "    time.sleep(n)\n    print(n, 'done')\nthreads = [threading.Thread(target=work, args=(n,)) "
                        "for n in (2, 1)]\nfor t in threads: t.start()\nprint('started')\nfor t in threads: t.join()\n"
                        "print('joined')\n")
        self.assertEqual(result["stdout"].splitlines(),
                         ["2 Thread-1 (work)", "1 Thread-2 (work)", "started", "1 done", "2 done", "joined"])
        self.assertEqual(result["events"][-1]["t"], 2_000_000_000)

    def test_a_pool_has_as_many_workers_as_it_says(self):
        result = record("import time\nfrom concurrent.futures import ThreadPoolExecutor\ndef work(n):\n    time.sleep(1)\n"
                        "    return n\nstart = time.time()\nwith ThreadPoolExecutor(max_workers=2) as pool:\n"
                        "    print(list(pool.map(work, range(4))))\nprint(time.time() - start)\n")
        self.assertEqual(result["stdout"], "[0, 1, 2, 3]\n2.0\n")

    def test_threads_that_take_no_time_are_waited_for_too(self):
        result = record("import threading\nfrom concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor\n"
                        "with ProcessPoolExecutor(2) as pool:\n    print(list(pool.map(abs, [-1, 2])))\n"
                        "print(ThreadPoolExecutor().submit(pow, 2, 3).result())\n"
                        "t = threading.Thread(target=print, args=('in',))\nt.start()\nt.join()\nprint('joined')\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "[1, 2]\n8\nin\njoined\n"))

    def test_threads_take_turns_at_a_lock(self):
        result = record("import threading, time\nlock = threading.Lock()\nstart = time.time()\ndef work(n):\n"
                        "    with lock:\n        time.sleep(1)\n        print(n, time.time() - start)\n"
                        "threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]\n"
                        "for t in threads: t.start()\nfor t in threads: t.join()\n"
                        "print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=1), lock.locked())\n")
        self.assertEqual(result["stdout"], "0 1.0\n1 2.0\n2 3.0\nTrue False False True\n")

    def test_threads_have_their_own_local_values(self):
        result = record("import threading\nlocal = threading.local()\nlocal.x = 1\n"
                        "t = threading.Thread(target=lambda: print(hasattr(local, 'x')))\nt.start()\nt.join()\n"
                        "print(local.x)\n")
        self.assertEqual(result["stdout"], "False\n1\n")

    def test_a_daemon_thread_that_never_ends_is_left_behind(self):
        result = record("import threading, time\ndef spin():\n    while True:\n        time.sleep(1)\n        print('beat')\n"
                        "threading.Thread(target=spin, daemon=True).start()\ntime.sleep(2.5)\nprint('end')\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "beat\nbeat\nend\n"))

    def test_a_thread_that_cannot_be_left_and_needs_another_skips_the_block_with_the_reason(self):
        for code in ("import queue, threading\nq = queue.Queue()\n"
                     "t = threading.Thread(target=lambda: [q.get() for _ in range(1)])\nt.start()\nq.put(1)\n",
                     "import asyncio\ndef work():\n    asyncio.run(asyncio.sleep(1))\n"
                     "asyncio.run(asyncio.to_thread(work))\n"):
            result = record(code)
            self.assertEqual(result["status"], "skipped", code)
            self.assertIn("cannot be emulated", result["reason"])

    def test_threads_take_turns_where_they_wait(self):
        race = ("import threading, time\ncount = 0\ndef add():\n    global count\n    seen = count\n    time.sleep(0.1)\n"
                "    count = seen + 1\nthreads = [threading.Thread(target=add) for _ in range(10)]\n"
                "for t in threads: t.start()\nfor t in threads: t.join()\nprint(count)\n")
        self.assertEqual(record(race)["stdout"], "1\n")
        workers = ("import queue, threading, time\nq = queue.Queue()\nstart = time.time()\nclass Worker(threading.Thread):\n"
                   "    def __init__(self, name):\n        super().__init__(name=name, daemon=True)\n        self.__done = []\n"
                   "    def run(self):\n        while True:\n            with lock:\n                item = q.get()\n"
                   "            time.sleep(item)\n            self.__done.append(item)\n"
                   "            print(self.name, self.__done, time.time() - start)\n            q.task_done()\n"
                   "lock = threading.RLock()\nfor name in 'ab': Worker(name).start()\nfor n in (1, 2, 3): q.put(n)\nq.join()\n"
                   "print('all', time.time() - start)\n")
        self.assertEqual(record(workers)["stdout"], "a [1] 1.0\nb [2] 2.0\na [1, 3] 4.0\nall 4.0\n")

    def test_what_a_thread_calls_keeps_its_closures_lines_and_errors(self):
        result = record("import logging, sys, threading, time\nlogging.basicConfig(stream=sys.stdout, "
                        "format='%(funcName)s %(lineno)d %(message)s')\ndef outer(word):\n    def inner(n, *, end):\n"
                        "        time.sleep(n)\n        logging.warning(word)\n        if end: raise ValueError(word)\n"
                        "    return inner\nt = threading.Thread(target=outer('hi'), args=(1,), kwargs={'end': True})\n"
                        "t.start()\nt.join()\nprint(t.is_alive(), t)\n")
        self.assertEqual(result["stdout"], "inner 7 hi\nFalse <Thread(Thread-1 (inner), stopped 1001)>\n")
        self.assertIn('File "note.md", line 8, in inner\n', result["stderr"])
        self.assertNotIn("loopreel", result["stderr"])

    def test_a_thread_may_wait_for_the_loop(self):
        result = record("import asyncio, threading\nasync def main():\n    loop = asyncio.get_running_loop()\n"
                        "    def work():\n        print(asyncio.run_coroutine_threadsafe(asyncio.sleep(1, 'there'), loop).result())\n"
                        "    await asyncio.to_thread(work)\n    print(loop.time())\nasyncio.run(main())\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "there\n1001.0\n"))

    def test_queues_between_threads_pass_items_on(self):
        result = record("import queue, threading, time\nq = queue.Queue()\ndef produce():\n    for n in range(3):\n"
                        "        time.sleep(1)\n        q.put(n)\nthreading.Thread(target=produce).start()\n"
                        "print([q.get() for _ in range(3)])\n")
        self.assertEqual(result["stdout"], "[0, 1, 2]\n")

    def test_what_a_thread_hands_over_is_not_there_before_its_time(self):
        start = "import queue, threading, time\nstart = time.time()\n"
        result = record(start + "q = queue.Queue()\ndef produce():\n    for n in range(2):\n        time.sleep(1)\n"
                        "        q.put(n)\nthreading.Thread(target=produce).start()\n"
                        "for _ in range(2): print(q.get(), time.time() - start)\n")
        self.assertEqual(result["stdout"], "0 1.0\n1 2.0\n")
        result = record(start + "ready = threading.Event()\ndef work():\n    time.sleep(1)\n    ready.set()\n"
                        "    print('set', ready.is_set())\nthreading.Thread(target=work).start()\n"
                        "print(ready.is_set())\nready.wait()\nprint('go', time.time() - start)\n")
        self.assertEqual(result["stdout"], "False\nset True\ngo 1.0\n")

    def test_a_thread_takes_what_one_before_it_has_put(self):
        result = record("import queue, threading, time\nq = queue.Queue()\ndef produce():\n    for n in (1, 2, None):\n"
                        "        time.sleep(1)\n        q.put(n)\ndef consume():\n    while (n := q.get()) is not None:\n"
                        "        print(n, time.monotonic() - start)\nstart = time.monotonic()\n"
                        "threads = [threading.Thread(target=work) for work in (produce, consume)]\n"
                        "for t in threads: t.start()\nfor t in threads: t.join()\nprint(time.monotonic() - start)\n")
        self.assertEqual(result["stdout"], "1 1.0\n2 2.0\n3.0\n")


if __name__ == "__main__":
    unittest.main()
