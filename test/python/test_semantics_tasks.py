"""Tasks, composites, the loop and exceptions: what CPython's asyncio does (3.11 to 3.14), and so what a trace says."""
import sys
import unittest

from recording import of, record

WORK = "import asyncio\nasync def work(seconds=5):\n    await asyncio.sleep(seconds)\n    return seconds\n"


def run(body: str, before: str = WORK) -> dict:
    """Records `asyncio.run(main())` with these lines as main's body."""
    lines = "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    return record(f"{before}async def main():\n{lines}asyncio.run(main())\n")


def closes(result: dict) -> list:
    """`(op, outcome)` of each composite, in the order of their ends."""
    ops = {event["w"]: event["op"] for event in of(result, "wopen")}
    return [(ops[event["w"]], event["outcome"]) for event in of(result, "wclose")]


class Composites(unittest.TestCase):
    def test_a_gather_that_is_cancelled_cancels_its_children_and_passes_the_cancel_on(self):
        result = run("async def both():\n    await asyncio.gather(work(), work())\n"
                     "task = asyncio.create_task(both())\nawait asyncio.sleep(1)\ntask.cancel('enough')\n"
                     "try:\n    await task\nexcept asyncio.CancelledError as error:\n    print(error)")
        self.assertEqual(result["stdout"], "enough\n")
        self.assertEqual([event["task"] for event in of(result, "cancelReq")], [2, 3, 4])
        self.assertEqual([event["task"] for event in of(result, "cancelDelivered")], [3, 4, 2])
        self.assertEqual(closes(result), [("gather", "cancelled")])

    def test_who_waits_for_a_cancelled_task_was_not_asked_to_cancel_itself(self):
        result = run("task = asyncio.create_task(work())\nawait asyncio.sleep(1)\ntask.cancel()\n"
                     "try:\n    await task\nexcept asyncio.CancelledError:\n    pass")
        self.assertEqual([(event["task"], event["cause"]) for event in of(result, "wake")][1:],
                         [(2, "cancel"), (1, "done")])
        self.assertEqual([event["task"] for event in of(result, "cancelDelivered")], [2])

    def test_a_gather_inside_another_is_told_as_part_of_it(self):
        result = run("print(await asyncio.gather(asyncio.gather(work(1), work(2)), work(3)))")
        inner, outer = of(result, "wopen")
        self.assertEqual((inner["members"], outer["members"], outer["inner"]), ([2, 3], [4], [inner["w"]]))
        self.assertEqual([event["index"] for event in of(result, "wmember")], [0, 1, 1])

    def test_a_wait_that_is_cancelled_leaves_what_it_waited_for_alone(self):
        result = run("task = asyncio.create_task(work())\nwaiter = asyncio.create_task(asyncio.wait([task]))\n"
                     "await asyncio.sleep(1)\nwaiter.cancel()\nprint(await task)")
        self.assertEqual(closes(result), [("wait", "cancelled")])
        self.assertEqual(([event["task"] for event in of(result, "cancelReq")], result["stdout"]), ([3], "5\n"))

    def test_the_three_modes_of_wait_end_at_different_times(self):
        for mode, seconds, done in (("FIRST_COMPLETED", 1, 1), ("FIRST_EXCEPTION", 2, 2), ("ALL_COMPLETED", 3, 3)):
            result = run("async def fail():\n    await asyncio.sleep(2)\n    raise OSError\n"
                         "tasks = [asyncio.create_task(coro) for coro in (work(1), fail(), work(3))]\n"
                         f"done, _ = await asyncio.wait(tasks, return_when=asyncio.{mode})\nprint(len(done))")
            closed = of(result, "wclose")[0]
            self.assertEqual((closed["t"], closed["outcome"]), (seconds * 10**9, "ok"))
            self.assertEqual(result["stdout"], f"{done}\n")

    def test_a_deadline_that_is_moved_is_told(self):
        result = run("async with asyncio.timeout(2) as limit:\n"
                     "    limit.reschedule(asyncio.get_running_loop().time() + 3)\n    limit.reschedule(None)\n"
                     "    await asyncio.sleep(4)")
        self.assertEqual(of(result, "wopen")[0]["deadline"], 2 * 10**9)
        self.assertEqual([event["deadline"] for event in of(result, "wdeadline")], [3 * 10**9, None])
        self.assertEqual(closes(result), [("timeout", "ok")])

    def test_of_nested_timeouts_the_one_that_expired_says_so(self):
        result = run("try:\n    async with asyncio.timeout(2):\n        async with asyncio.timeout(5):\n"
                     "            await work(9)\nexcept TimeoutError:\n    print('late')")
        self.assertEqual(closes(result), [("timeout", "cancelled"), ("timeout", "timeout")])
        self.assertEqual([event["count"] for event in of(result, "uncancel")], [0])

    def test_a_shielded_task_goes_on_when_its_waiter_runs_out_of_time(self):
        result = run("task = asyncio.create_task(work(2))\ntry:\n    await asyncio.wait_for(asyncio.shield(task), 1)\n"
                     "except TimeoutError:\n    print('late')\nprint(await task)")
        self.assertEqual(result["stdout"], "late\n2\n")
        self.assertNotIn(2, [event["task"] for event in of(result, "cancelReq")])
        self.assertEqual(closes(result), [("shield", "cancelled"), ("wait_for", "timeout")])

    def test_a_group_of_exceptions_is_told_with_those_inside(self):
        result = run("async def fail(error):\n    raise error\ntry:\n    async with asyncio.TaskGroup() as outer:\n"
                     "        outer.create_task(fail(KeyError('k')))\n        async with asyncio.TaskGroup() as inner:\n"
                     "            inner.create_task(fail(ValueError('v')))\n            await work()\n"
                     "except* ValueError:\n    print('V')\nexcept* KeyError:\n    print('K')")
        self.assertEqual(result["stdout"], "V\nK\n")
        error = of(result, "wclose")[-1]["error"]
        self.assertEqual([inner["type"] for inner in error["exceptions"]], ["KeyError", "ExceptionGroup"])
        self.assertEqual(error["exceptions"][1]["exceptions"], [{"type": "ValueError", "message": "v"}])


class Tasks(unittest.TestCase):
    def test_a_task_that_nobody_keeps_is_gone_as_soon_as_it_is_done(self):
        result = run("async def fail():\n    raise ValueError('lost')\nasyncio.create_task(fail())\n"
                     "await asyncio.sleep(1)\nprint('later')")
        self.assertEqual([event["stream"] for event in of(result, "print")], ["stderr", "stdout"])
        self.assertTrue(result["stderr"].startswith("Task exception was never retrieved\nfuture: <Task finished"))

    def test_a_pending_task_that_is_dropped_is_told_on_stderr(self):
        result = record(WORK + "loop = asyncio.new_event_loop()\ntask = loop.create_task(work())\n"
                               "loop.run_until_complete(asyncio.sleep(1))\nloop.close()\n")
        self.assertIn("Task was destroyed but it is pending!", result["stderr"])

    def test_tasks_made_by_a_factory_get_their_numbers_and_names_as_all_do(self):
        result = run("def factory(loop, coro, **options):\n    return asyncio.Task(coro, loop=loop, **options)\n"
                     "asyncio.get_running_loop().set_task_factory(factory)\n"
                     "print(await asyncio.gather(asyncio.create_task(work(1)), asyncio.Task(work(2))))")
        spawned = [(event["id"], event["name"], event["parent"]) for event in of(result, "spawn")][:3]
        self.assertEqual(spawned, [(1, "Task-1", None), (2, "Task-2", 1), (3, "Task-3", 1)])
        self.assertEqual(result["stdout"], "[1, 2]\n")

    @unittest.skipIf(sys.version_info < (3, 12), "eager tasks came with 3.12")
    def test_an_eager_task_runs_at_once_in_the_step_of_who_made_it(self):
        result = run("asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)\n"
                     "async def quick():\n    return 1\nhit = asyncio.create_task(quick())\n"
                     "miss = asyncio.create_task(work(1))\nprint(hit.done(), miss.done())\nawait miss")
        self.assertEqual(result["stdout"], "True False\n")
        done = next(event for event in of(result, "done") if event["task"] == 2)
        self.assertEqual(done["step"], of(result, "run")[0]["step"])
        self.assertFalse([event for event in of(result, "enq") if event["task"] == 2])

    def test_a_cancel_that_is_swallowed_is_delivered_but_ends_nothing(self):
        result = run("async def stubborn():\n    try:\n        await work()\n    except asyncio.CancelledError:\n"
                     "        return 'no'\ntask = asyncio.create_task(stubborn())\nawait asyncio.sleep(1)\n"
                     "task.cancel()\nprint(await task, task.cancelled(), task.cancelling())")
        self.assertEqual(result["stdout"], "no False 1\n")
        self.assertEqual(len(of(result, "cancelDelivered")), 1)

    def test_a_missing_attribute_of_task_is_told_in_the_stock_words(self):
        result = record("import asyncio\nasyncio.Task.all_tasks()\n")
        self.assertEqual(result["error"]["text"], "AttributeError: type object '_asyncio.Task' has no attribute 'all_tasks'")


class Loops(unittest.TestCase):
    def test_a_signal_reaches_the_loops_handler_two_turns_later(self):
        result = run("loop = asyncio.get_running_loop()\nloop.add_signal_handler(signal.SIGTERM, print, 'got it')\n"
                     "signal.raise_signal(signal.SIGTERM)\nloop.call_soon(print, 'soon')\nfor turn in range(3):\n"
                     "    await asyncio.sleep(0)\n    print(turn)", "import asyncio, signal\n")
        self.assertEqual(result["stdout"], "soon\n0\n1\ngot it\n2\n")
        told = [(event["label"], event["internal"]) for event in of(result, "enq") if event["kind"] == "signal"]
        self.assertEqual(told, [("print", False)])

    def test_ctrl_c_cancels_main_and_comes_out_of_run_as_keyboard_interrupt(self):
        result = record(WORK + "import signal\nasync def main():\n"
                               "    asyncio.get_running_loop().call_later(1, signal.raise_signal, signal.SIGINT)\n"
                               "    try:\n        await work()\n    except asyncio.CancelledError:\n"
                               "        print('cancelled')\n        raise\n"
                               "try:\n    asyncio.run(main())\nexcept KeyboardInterrupt:\n    print('stopped')\n")
        self.assertEqual((result["status"], result["stdout"]), ("ran", "cancelled\nstopped\n"))
        self.assertEqual([event["task"] for event in of(result, "cancelReq")], [1])

    def test_a_signal_without_a_handler_would_end_the_process(self):
        result = record("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n")
        self.assertEqual((result["status"], result["reason"][:7]), ("skipped", "SIGTERM"))

    def test_run_waits_for_the_threads_of_its_loop_before_it_returns(self):
        result = record("import asyncio, time\ndef work():\n    time.sleep(2)\n    print('thread')\nasync def main():\n"
                        "    asyncio.get_running_loop().run_in_executor(None, work)\n    print('main')\n"
                        "asyncio.run(main())\nprint('after')\n")
        self.assertEqual(result["stdout"], "main\nthread\nafter\n")
        self.assertEqual(of(result, "block"), [])

    def test_a_traceback_shows_the_stock_loops_frames(self):
        result = run("async def leave():\n    raise SystemExit\nasyncio.create_task(leave())\nawait asyncio.sleep(1)")
        frames = [line.rpartition(" ")[2] for line in result["stderr"].splitlines() if line.startswith("  File ")]
        self.assertEqual(frames[-4:], ["run_forever", "_run_once", "_run", "leave"])
        self.assertNotIn("loopreel", result["stderr"])

    def test_debug_mode_tells_of_the_step_that_was_slow(self):
        result = record("import asyncio, time\nasync def main():\n"
                        "    asyncio.get_running_loop().slow_callback_duration = 1\n    time.sleep(0.5)\n"
                        "    await asyncio.sleep(0)\n    time.sleep(2)\nasyncio.run(main(), debug=True)\n")
        told = result["stderr"].splitlines()
        self.assertEqual((len(told), told[0][:16], told[0][-18:]), (1, "Executing <Task ", "took 2.000 seconds"))


if __name__ == "__main__":
    unittest.main()
