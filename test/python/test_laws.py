"""What holds for every trace (`src/trace/README.md`, "What holds")."""
import asyncio
import functools
import subprocess
import sys
import unittest
from collections import deque

from recording import PROGRAMS, STOCK, of, record

from loopreel_recorder.session import Session

#: Programs whose output depends on what the stock loop with a jumping clock cannot do.
NEED_REAL_TIME = {"blocking", "executor", "loop_in_thread"}
#: Sets of coroutines and futures have no order in CPython.
UNORDERED = {"as_completed", "ties"}


@functools.cache
def recorded(path) -> dict:
    return record(path.read_text())


class Laws(unittest.TestCase):
    def each(self):
        for path in PROGRAMS:
            yield path.stem, recorded(path)

    def test_no_hook_fails_on_any_program(self):
        for _, result in self.each():
            self.assertNotIn("faults", result)

    def test_events_are_numbered_and_time_never_falls(self):
        for _, result in self.each():
            events = result["events"]
            self.assertEqual([event["i"] for event in events], list(range(len(events))))
            times = [event["t"] for event in events]
            self.assertEqual(times, sorted(times))
            self.assertEqual(events[-1]["k"], "end")

    def test_every_run_has_its_ran_in_the_same_step(self):
        for _, result in self.each():
            open_step = None
            for event in of(result, "run", "ran"):
                if event["k"] == "run":
                    self.assertIsNone(open_step)
                    open_step = (event["h"], event["step"])
                else:
                    self.assertEqual(open_step, (event["h"], event["step"]))
                    open_step = None
            self.assertIsNone(open_step)

    def test_a_run_takes_the_head_of_the_queue_that_the_events_build(self):
        for _, result in self.each():
            ready = deque()
            for event in result["events"]:
                if event["k"] in ("enq", "fire"):
                    ready.append(event["h"])
                elif event["k"] == "hcancel":
                    ready.remove(event["h"])
                elif event["k"] == "run":
                    self.assertEqual(ready.popleft(), event["h"])

    def test_the_queue_that_the_events_build_is_the_loops_own_at_every_step(self):
        seen = []
        original = Session.run_handle

        def watching(session, handle, debugged):
            loop = asyncio.events._get_running_loop()
            queue = [handle.number, *(item.number for item in loop._ready if not item._cancelled)]
            seen.append((len(session.recorder.tape) // 3, queue))
            original(session, handle, debugged)

        Session.run_handle = watching
        try:
            for path in PROGRAMS:
                seen.clear()
                name, result = path.stem, record(path.read_text())
                ready, at = deque(), dict(seen)
                for event in result["events"]:
                    if event["i"] in at:
                        # One program runs several loops; a loop that has ended may leave handles behind.
                        self.assertEqual(list(ready)[-len(at[event["i"]]):], at[event["i"]], (name, event))
                    if event["k"] in ("enq", "fire"):
                        ready.append(event["h"])
                    elif event["k"] == "hcancel":
                        ready.remove(event["h"])
                    elif event["k"] == "run":
                        ready.popleft()
        finally:
            Session.run_handle = original

    def test_what_is_queued_in_a_tick_runs_in_a_later_one(self):
        for _, result in self.each():
            queued = {}
            for event in of(result, "enq", "run"):
                if event["k"] == "enq" and event["step"]:
                    queued[event["h"]] = event["tick"]
                elif event["k"] == "run" and event["h"] in queued:
                    self.assertGreater(event["tick"], queued[event["h"]])

    def test_a_tick_says_how_many_handles_run_in_it(self):
        for _, result in self.each():
            for tick in of(result, "tick"):
                same = [event for event in result["events"] if event["tick"] == tick["tick"]]
                runs = sum(event["k"] == "run" for event in same)
                dropped = sum(event["k"] == "hcancel" for event in same)
                self.assertLessEqual(runs, tick["ready"])
                self.assertGreaterEqual(runs + dropped, tick["ready"])

    def test_a_timer_fires_neither_before_its_time_nor_after_a_later_one(self):
        for _, result in self.each():
            when = {}
            for event in of(result, "timer+", "fire", "advance"):
                if event["k"] == "timer+":
                    when[event["h"]] = event["when"]
                elif event["k"] == "fire":
                    self.assertGreaterEqual(event["t"], when[event["h"]])

    def test_a_step_of_a_task_ends_in_a_wait_or_its_end(self):
        for _, result in self.each():
            for run in of(result, "run"):
                if run["task"] is not None:
                    ends = [event["k"] for event in of(result, "suspend", "done")
                            if event["step"] == run["step"] and event["task"] == run["task"]]
                    self.assertEqual(len(ends), 1)

    def test_a_task_that_waits_is_woken_before_it_runs_again(self):
        for _, result in self.each():
            waiting = {}
            for event in of(result, "suspend", "wake", "run"):
                if event["k"] == "suspend":
                    waiting[event["task"]] = bool(event["on"])
                elif event["k"] == "wake":
                    waiting[event["task"]] = False
                elif event["task"] is not None:
                    self.assertFalse(waiting.get(event["task"], False))

    def test_sites_are_lines_of_the_note(self):
        for path in PROGRAMS:
            result = recorded(path)
            self.assertEqual(result["header"]["line"], 2)
            last = path.read_text().count("\n") + 1
            for line, _ in result["header"]["sites"]:
                self.assertTrue(2 <= line <= last, (path.stem, line))

    def test_composites_that_open_also_close(self):
        for name, result in self.each():
            if name != "raised":
                self.assertEqual(len(of(result, "wopen")), len(of(result, "wclose")))

    def test_two_recordings_are_equal_byte_for_byte(self):
        for path in PROGRAMS:
            with self.subTest(path.stem):
                self.assertEqual(recorded(path)["trace"], record(path.read_text())["trace"])

    @unittest.skipIf(sys.platform == "emscripten", "no processes here; test_generated compares inside of one")
    def test_recording_changes_nothing_that_a_program_prints(self):
        for path in PROGRAMS:
            if path.stem in NEED_REAL_TIME | UNORDERED:
                continue
            with self.subTest(path.stem):
                stock = subprocess.run([sys.executable, "-W", "ignore", "-c", STOCK, str(path)], capture_output=True,
                                       text=True, encoding="utf-8")
                self.assertEqual(recorded(path)["stdout"], stock.stdout, stock.stderr[-500:])


if __name__ == "__main__":
    unittest.main()
