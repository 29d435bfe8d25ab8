"""What holds for recordings on the wall clock, with real waits, threads, processes and sockets."""
import json
import threading
import unittest
from collections import deque

from recording import of, record

PROGRAMS = {
    "sleeps": """
        import asyncio
        async def say(name, seconds):
            await asyncio.sleep(seconds)
            print(name)
        async def main():
            await asyncio.gather(say("b", 0.06), say("a", 0.02))
        asyncio.run(main())
    """,
    "blocking": """
        import asyncio, time
        async def main():
            time.sleep(0.03)
            print(await asyncio.to_thread(lambda: time.sleep(0.02) or "job"))
        asyncio.run(main())
    """,
    "threads": """
        import asyncio, threading
        def work():
            print("in", threading.current_thread().name)
        async def main():
            loop = asyncio.get_running_loop()
            future = loop.create_future()
            threading.Timer(0.02, lambda: loop.call_soon_threadsafe(future.set_result, "late")).start()
            print(await future)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        asyncio.run(main())
    """,
    "another loop": """
        import asyncio, threading
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        async def answer():
            await asyncio.sleep(0.01)
            return 42
        print(asyncio.run_coroutine_threadsafe(answer(), loop).result())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
    """,
    "processes": """
        import asyncio, subprocess, sys
        async def main():
            subprocess.run([sys.executable, "-c", "print('child')"], check=True)
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", "print('piped')", stdout=asyncio.subprocess.PIPE)
            print((await process.communicate())[0].decode().strip())
        asyncio.run(main())
    """,
    "sockets": """
        import asyncio
        async def serve(reader, writer):
            writer.write((await reader.readline()).upper())
            await writer.drain()
            writer.close()
        async def main():
            server = await asyncio.start_server(serve, "127.0.0.1", 0)
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(b"hello\\n")
            print((await reader.readline()).decode().strip())
            writer.close()
            server.close()
        asyncio.run(main())
    """,
    "forks": """
        import os
        print("before")
        if os.fork() == 0:
            print("child")
            os._exit(0)
        os.wait()
        print("after")
    """,
}

PRINTED = {
    "sleeps": "a\nb\n",
    "blocking": "job\n",
    "threads": "in Thread-1 (work)\nlate\n",
    "another loop": "42\n",
    "processes": "child\npiped\n",
    "sockets": "HELLO\n",
    "forks": "before\nchild\nafter\n",
}


def recorded(name: str, **limits) -> dict:
    import textwrap

    return record(textwrap.dedent(PROGRAMS[name]), engine={"clock": "wall"}, **limits)


class Wall(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = {name: recorded(name) for name in PROGRAMS}

    def test_programs_print_what_they_print_alone(self):
        for name, result in self.results.items():
            self.assertEqual((name, result["status"], result["stdout"]), (name, "ran", PRINTED[name]))
            self.assertNotIn("faults", result)

    def test_the_trace_prints_the_same(self):
        for name, result in self.results.items():
            printed = "".join(event["text"] for event in of(result, "print") if event["stream"] == "stdout")
            self.assertEqual((name, printed), (name, PRINTED[name]))

    def test_the_header_says_so_and_time_never_falls(self):
        for result in self.results.values():
            self.assertEqual(result["header"]["clock"], "wall")
            times = [event["t"] for event in result["events"]]
            self.assertEqual(times, sorted(times))
            self.assertEqual(result["events"][-1]["k"], "end")

    def test_a_run_takes_the_head_of_the_queue_that_the_events_build(self):
        for name, result in self.results.items():
            ready = deque()
            for event in result["events"]:
                if event["k"] in ("enq", "fire"):
                    ready.append(event["h"])
                elif event["k"] == "hcancel":
                    ready.remove(event["h"])
                elif event["k"] == "run":
                    self.assertEqual(ready.popleft(), event["h"], name)

    def test_no_timer_fires_before_its_time_and_waits_are_told(self):
        result = self.results["sleeps"]
        when = {event["h"]: event["when"] for event in of(result, "timer+")}
        for fire in of(result, "fire"):
            self.assertGreaterEqual(fire["t"], when[fire["h"]])
        waits = [event["to"] - event["from"] for event in of(result, "advance")]
        self.assertGreaterEqual(sum(waits), 50_000_000)

    def test_a_line_that_holds_the_thread_is_a_block(self):
        block, = of(self.results["blocking"], "block")
        self.assertEqual(block["api"], "time.sleep")
        self.assertGreaterEqual(block["to"] - block["from"], 25_000_000)

    def test_jobs_are_submitted_started_ended_and_delivered_in_this_order(self):
        result = self.results["blocking"]
        self.assertEqual([event["k"] for event in of(result, "submit", "tstart", "tend", "deliver")],
                         ["submit", "tstart", "tend", "deliver"])
        start, end = of(result, "tstart", "tend")
        self.assertGreaterEqual(end["at"] - start["at"], 15_000_000)
        self.assertLessEqual(end["at"], end["t"])

    def test_threads_write_nothing_but_their_beginning_and_end(self):
        result = self.results["threads"]
        self.assertEqual(of(result, "submit")[0]["label"], "Thread-1 (work)")
        self.assertTrue(all(event["task"] is None for event in of(result, "print")[:1]))
        self.assertFalse([event for event in of(result, "spawn") if "work" in event["coro"]])
        self.assertFalse(of(self.results["another loop"], "spawn"))

    def test_the_limit_of_real_time_ends_a_wait_with_what_was_done(self):
        from loopreel_recorder.native import record_with_deadline

        request = {"file": "n.md", "target": "b1", "engine": {"clock": "wall"}, "limits": {"seconds": 0.2},
                   "blocks": [{"id": "b1", "line": 1, "meta": {},
                               "code": "import time\nprint(1)\nwhile True:\n    time.sleep(0.01)"}]}
        from loopreel_recorder import record_block

        result = json.loads(record_with_deadline(record_block, json.dumps(request)))
        self.assertEqual((result["status"], result["stdout"], result["error"]["line"]), ("stopped", "1\n", 5))
        self.assertIn('"k":"limit"', result["trace"])

    def test_a_deadlock_is_told_when_nothing_outside_could_wake_a_task(self):
        result = record("import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())",
                        engine={"clock": "wall"})
        self.assertEqual(result["status"], "stopped")
        self.assertIn("every task waits", result["reason"])

    def test_everything_is_put_back(self):
        import asyncio
        import signal
        import sys

        self.assertNotIn("loopreel_recorder", type(sys.stdout).__module__)
        self.assertEqual(asyncio.run(asyncio.sleep(0, "stock")), "stock")
        self.assertEqual(signal.getitimer(signal.ITIMER_REAL), (0.0, 0.0))
        self.assertEqual(threading.active_count(), 1)


if __name__ == "__main__":
    unittest.main()
