"""What a replay must get right (other visualizers are wrong here)."""
import unittest

from recording import HERE, of, record


def program(name: str) -> dict:
    return record((HERE / "programs" / f"{name}.py").read_text())


def seconds(event: dict) -> float:
    return event["t"] / 1e9


class Semantics(unittest.TestCase):
    def test_gather_takes_the_longest_time_and_keeps_the_order_of_its_arguments(self):
        result = program("gather")
        self.assertEqual(seconds(result["events"][-1]), 3)
        self.assertIn("['tea', 'coffee', 'cocoa']", result["stdout"])
        self.assertEqual([event["member"] for event in of(result, "wmember")], [3, 2, 4])
        self.assertEqual([event["index"] for event in of(result, "wmember")], [1, 0, 2])

    def test_awaiting_one_after_the_other_takes_the_sum(self):
        result = record("import asyncio\nasync def main():\n    await asyncio.sleep(2)\n    await asyncio.sleep(1)\n"
                        "asyncio.run(main())\n")
        self.assertEqual(seconds(result["events"][-1]), 3)

    def test_awaiting_a_coroutine_makes_no_task(self):
        result = record("import asyncio\nasync def inner():\n    await asyncio.sleep(1)\nasync def main():\n"
                        "    await inner()\nasyncio.run(main())\n")
        own = [event["coro"] for event in of(result, "spawn") if event["site"] is not None]
        self.assertEqual(own, ["main"])
        stack = [result["header"]["sites"][site][1] for site in of(result, "suspend")[0]["stack"]]
        self.assertEqual(stack, ["main", "inner"])

    def test_tasks_run_in_creation_order_when_ties_wake_them(self):
        result = program("ties")
        self.assertTrue(result["stdout"].startswith(" ".join(map(str, range(20)))))

    def test_a_cancel_is_delivered_in_a_later_step_than_it_is_asked_for(self):
        result = program("cancel")
        asked = [event for event in of(result, "cancelReq") if event["message"] == "enough"]
        given = [event for event in of(result, "cancelDelivered") if event["task"] == asked[0]["task"]]
        self.assertEqual((len(asked), len(given)), (1, 1))
        self.assertLess(asked[0]["step"], given[0]["step"])

    def test_a_timer_or_handle_that_is_cancelled_never_runs(self):
        result = program("cancel")
        gone = {event["h"] for event in of(result, "hcancel", "timer-")}
        self.assertGreaterEqual(len(gone), 2)
        self.assertFalse(gone & {event["h"] for event in of(result, "run")})

    def test_a_release_wakes_the_first_in_line_but_does_not_run_it(self):
        events = of(program("semaphore"), "res")
        release = next(n for n, event in enumerate(events) if event["op"] == "release")
        woken, acquired = events[release + 1], None
        self.assertEqual((woken["op"], woken["step"]), ("wake", events[release]["step"]))
        acquired = next(event for event in events[release:] if event["op"] == "acquire")
        self.assertEqual(acquired["task"], woken["task"])
        self.assertGreater(acquired["step"], woken["step"])

    def test_a_semaphore_never_has_more_owners_than_permits(self):
        owners = set()
        for event in of(program("semaphore"), "res"):
            if event["op"] == "acquire":
                owners.add(event["task"])
            elif event["op"] == "release":
                owners.remove(event["task"])
            self.assertLessEqual(len(owners), 2)
            self.assertGreaterEqual(event["value"], 0)

    def test_a_blocking_call_delays_timers_that_are_due(self):
        result = program("blocking")
        block = of(result, "block")[0]
        self.assertEqual((block["from"], block["to"]), (500_000_000, 2_500_000_000))
        due = next(event for event in of(result, "timer+") if event["when"] == 1_000_000_000)
        fired = next(event for event in of(result, "fire") if event["h"] == due["h"])
        self.assertEqual(fired["t"], 2_500_000_000)

    def test_a_failed_child_of_gather_leaves_its_siblings_running(self):
        result = record("import asyncio\nasync def bad():\n    raise ValueError('x')\nasync def good():\n"
                        "    await asyncio.sleep(1)\n    print('still done')\nasync def main():\n    try:\n"
                        "        await asyncio.gather(bad(), good())\n    except ValueError:\n        print('caught')\n"
                        "    await asyncio.sleep(2)\nasyncio.run(main())\n")
        self.assertEqual(result["stdout"], "caught\nstill done\n")
        self.assertEqual(of(result, "cancelReq"), [])
        self.assertEqual(of(result, "wclose")[0]["outcome"], "error")
        self.assertEqual([event["error"]["type"] for event in of(result, "raise")], ["ValueError", "ValueError"])
        self.assertEqual(len(of(result, "handled")), 1)

    def test_a_failed_child_of_a_task_group_cancels_its_siblings(self):
        result = program("taskgroup")
        self.assertEqual(result["stdout"], "short done\nlong cancelled\n(ValueError('spoiled'),)\n")
        spawned = {event["name"]: event for event in of(result, "spawn") if event["group"]}
        self.assertEqual(len(spawned), 3)
        self.assertEqual([event["task"] for event in of(result, "cancelDelivered")], [4, 1])
        self.assertEqual(of(result, "wclose")[0]["error"]["type"], "ExceptionGroup")

    def test_wait_for_and_timeout_tell_their_deadline_and_how_they_end(self):
        result = program("wait_for")
        opened = [(event["op"], event["deadline"]) for event in of(result, "wopen")]
        self.assertEqual(opened, [("wait_for", 2_000_000_000), ("timeout", 3_000_000_000)])
        self.assertEqual([event["outcome"] for event in of(result, "wclose")], ["timeout", "timeout"])

    def test_waits_name_what_the_author_wrote_and_what_is_inside(self):
        for name, expected in {
            "semaphore": ("Semaphore", "Semaphore.acquire"),
            "queue": ("Queue.get", "Queue.get"),
            "as_completed": ("as_completed", "Queue.get"),
            "taskgroup": ("TaskGroup", None),
            "executor": ("to_thread", "to_thread"),
        }.items():
            named = {(event["api"], event["leaf"]) for event in of(program(name), "suspend")}
            found = [pair for pair in named if pair[0] == expected[0] and expected[1] in (None, pair[1])]
            self.assertTrue(found, (name, named))

    def test_a_job_in_a_thread_ends_at_its_time_and_is_delivered_then(self):
        result = program("executor")
        first = of(result, "tend")[0]
        self.assertEqual((first["t"], first["at"]), (2_000_000_000, 2_000_000_000))
        self.assertEqual(of(result, "deliver")[0]["t"], 2_000_000_000)
        self.assertEqual(result["stdout"].splitlines()[:3], ["reading first", "first is read", "first"])
        self.assertEqual(seconds(result["events"][-1]), 4)

    def test_a_deadlock_is_named_with_each_tasks_line(self):
        result = record("import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())\n")
        self.assertEqual(result["status"], "stopped")
        self.assertIn("Task-1 in Event.wait at line 4", result["reason"])
        self.assertEqual(len(of(result, "deadlock")[0]["cycle"]), 1)
        self.assertEqual(result["events"][-1]["outcome"], "stopped")

    def test_a_mark_is_written_before_its_line(self):
        result = record("x = 1\ny = 2  # !mark the point\n")
        kinds = [event["k"] for event in result["events"]]
        self.assertEqual(kinds, ["line", "mark", "line", "end"])
        self.assertEqual(of(result, "mark")[0]["label"], "the point")


if __name__ == "__main__":
    unittest.main()
