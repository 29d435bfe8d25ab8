"""Who holds what, who waits in which order, who wakes whom: asyncio's locks, queues and barriers."""
import sys
import unittest

from recording import of, record


def block(body: str, defs: str = "") -> dict:
    """Records `body` as the coroutine `main`."""
    lines = "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    return record(f"import asyncio\n{defs}\nasync def main():\n{lines}\nasyncio.run(main())\n")


def ops(result: dict, label: str) -> list[tuple]:
    """`(op, task, value)` of the resource that the author calls `label`."""
    number = next(event["r"] for event in of(result, "res+") if event["label"] == label and not event["internal"])
    return [(event["op"], event["task"], event["value"]) for event in of(result, "res") if event["r"] == number]


def cycle(result: dict) -> list[int]:
    return [link["task"] for link in of(result, "deadlock")[0]["cycle"]]


class Resources(unittest.TestCase):
    def test_each_call_of_a_line_has_its_own_name(self):
        result = block("left, right = asyncio.Lock(), asyncio.Lock()\nbox = {'red': asyncio.Event()}\n"
                       "rest = [asyncio.Queue() for _ in range(2)]")
        labels = [event["label"] for event in of(result, "res+") if not event["internal"]]
        self.assertEqual(labels, ["left", "right", "red", "rest", "rest"])

    def test_a_release_too_many_of_a_bounded_semaphore_gives_nothing_back(self):
        result = block("lot = asyncio.BoundedSemaphore(1)\nasync with lot:\n    pass\nlot.release()")
        self.assertEqual(result["error"]["text"], "ValueError: BoundedSemaphore released too many times")
        self.assertEqual(ops(result, "lot"), [("acquire", 1, 0), ("release", 1, 1)])

    def test_a_lock_goes_to_its_waiters_in_the_order_in_which_they_came(self):
        result = block("lock = asyncio.Lock()\nawait asyncio.gather(*(use(lock) for _ in range(3)))",
                       "async def use(lock):\n    async with lock:\n        await asyncio.sleep(1)\n")
        self.assertEqual(ops(result, "lock"), [
            ("acquire", 2, 1), ("wait", 3, 1), ("wait", 4, 1),
            ("release", 2, 0), ("wake", 3, 0), ("acquire", 3, 1),
            ("release", 3, 0), ("wake", 4, 0), ("acquire", 4, 1), ("release", 4, 0)])

    def test_a_waiter_that_is_cancelled_leaves_the_line(self):
        result = block("lock = asyncio.Lock()\nawait lock.acquire()\ntask = asyncio.create_task(lock.acquire())\n"
                       "await asyncio.sleep(0)\ntask.cancel()\nawait asyncio.wait([task])")
        self.assertEqual(ops(result, "lock"), [("acquire", 1, 1), ("wait", 2, 1), ("leave", 2, 1)])

    def test_an_event_wakes_all_and_nobody_waits_for_one_that_is_set(self):
        result = block("gun = asyncio.Event()\ntasks = [asyncio.create_task(gun.wait()) for _ in range(2)]\n"
                       "await asyncio.sleep(1)\ngun.set()\nawait gun.wait()\nawait asyncio.wait(tasks)\ngun.clear()")
        self.assertEqual(ops(result, "gun"), [
            ("wait", 2, 0), ("wait", 3, 0), ("set", 1, 1), ("wake", 2, 1), ("wake", 3, 1),
            ("leave", 2, 1), ("leave", 3, 1), ("clear", 1, 0)])

    def test_who_is_notified_goes_on_only_with_the_lock(self):
        result = block("door = asyncio.Condition()\ntask = asyncio.create_task(guest(door))\nawait asyncio.sleep(1)\n"
                       "async with door:\n    door.notify()\n    await asyncio.sleep(1)\nawait task",
                       "async def guest(door):\n    async with door:\n        await door.wait()\n")
        made = next(event for event in of(result, "res+") if event["kind"] == "Condition")
        lock = [(event["op"], event["task"]) for event in of(result, "res") if event["r"] == made["lock"]]
        self.assertEqual(ops(result, "door"),
                         [("wait", 2, 0), ("notify", 1, 1), ("wake", 2, 1), ("leave", 2, 1)])
        self.assertEqual(lock, [("acquire", 2), ("release", 2), ("acquire", 1), ("wait", 2), ("release", 1),
                                ("wake", 2), ("acquire", 2), ("release", 2)])
        waits = [event for event in of(result, "suspend") if event["task"] == 2]
        self.assertEqual([(event["api"], event["leaf"]) for event in waits],
                         [("Condition.wait", "Condition.wait"), ("Condition.wait", "Lock.acquire")])
        self.assertEqual([event["on"] for event in waits], [[{"resource": made["r"]}], [{"resource": made["lock"]}]])

    def test_a_full_queue_holds_back_who_puts_and_an_empty_one_who_gets(self):
        result = block("shelf = asyncio.Queue(maxsize=1)\ntask = asyncio.create_task(eat(shelf))\n"
                       "for n in range(2):\n    await shelf.put(n)\nawait task",
                       "async def eat(shelf):\n    await shelf.get()\n    await shelf.get()\n")
        self.assertEqual(ops(result, "shelf"), [
            ("put", 1, 1), ("wait", 1, 1), ("get", 2, 0), ("wake", 1, 0), ("wait", 2, 0),
            ("put", 1, 1), ("wake", 2, 1), ("get", 2, 0)])
        made = [event for event in of(result, "res+") if event["label"] == "shelf"]
        self.assertEqual(made[0]["capacity"], 1)

    def test_what_goes_through_a_queue_is_told_but_for_objects_of_the_program(self):
        result = block("desk = asyncio.PriorityQueue()\ndesk.put_nowait((2, 'cold'))\ndesk.put_nowait((1, 'x' * 40))\n"
                       "desk.get_nowait()\nrest = asyncio.Queue()\nrest.put_nowait(Odd())\nrest.get_nowait()",
                       "class Odd:\n    def __repr__(self):\n        raise RuntimeError\n")
        self.assertEqual([event.get("item") for event in of(result, "res") if event["op"] in ("put", "get")],
                         ["(2, 'cold')", "(1, '" + "x" * 18 + "…", "(1, '" + "x" * 18 + "…", None, None])

    def test_a_queue_that_nobody_keeps_is_gone_with_what_lies_in_it(self):
        result = block("queue = asyncio.Queue()\nqueue.put_nowait(asyncio.create_task(fail()))\n"
                       "await asyncio.sleep(1)\ndel queue\nprint('later')",
                       "async def fail():\n    raise ValueError('lost')\n")
        self.assertEqual([event["stream"] for event in of(result, "print")], ["stderr", "stdout"])
        self.assertIn("Task exception was never retrieved", result["stderr"])

    def test_who_finds_the_item_taken_waits_again(self):
        result = block("shelf = asyncio.Queue()\ntask = asyncio.create_task(shelf.get())\nawait asyncio.sleep(0)\n"
                       "shelf.put_nowait(1)\nshelf.get_nowait()\nawait asyncio.sleep(0)\nshelf.put_nowait(2)\nawait task")
        self.assertEqual(ops(result, "shelf"), [
            ("wait", 2, 0), ("put", 1, 1), ("wake", 2, 1), ("get", 1, 0), ("wait", 2, 0),
            ("put", 1, 1), ("wake", 2, 1), ("get", 2, 0)])

    def test_join_stands_in_no_line_and_ends_with_the_last_item_done(self):
        result = block("shelf = asyncio.Queue()\nshelf.put_nowait(1)\ntask = asyncio.create_task(eat(shelf))\n"
                       "await shelf.join()\nawait task",
                       "async def eat(shelf):\n    await shelf.get()\n    shelf.task_done()\n")
        self.assertEqual(ops(result, "shelf"), [
            ("put", 1, 1), ("join", 1, 1), ("get", 2, 0), ("task_done", 2, 0), ("wake", 1, 0), ("leave", 1, 0)])
        wait = of(result, "suspend")[0]
        shelf = next(event["r"] for event in of(result, "res+") if event["label"] == "shelf")
        self.assertEqual((wait["api"], wait["leaf"], wait["on"]), ("Queue.join", "Event.wait", [{"resource": shelf}]))

    @unittest.skipIf(sys.version_info < (3, 13), "Queue.shutdown came with Python 3.13")
    def test_a_queue_that_is_shut_sends_its_waiters_away(self):
        result = block("mail = asyncio.Queue()\ntask = asyncio.create_task(mail.get())\nawait asyncio.sleep(0)\n"
                       "mail.shutdown()\nawait asyncio.wait([task])\nprint(repr(task.exception()))")
        self.assertEqual(ops(result, "mail"), [("wait", 2, 0), ("shutdown", 1, 0), ("wake", 2, 0), ("leave", 2, 0)])
        self.assertEqual(result["stdout"], "QueueShutDown()\n")

    def test_the_last_party_opens_a_barrier_and_the_others_leave_in_order(self):
        result = block("gate = asyncio.Barrier(3)\nawait asyncio.gather(*(gate.wait() for _ in range(3)))")
        self.assertEqual(ops(result, "gate"), [
            ("wait", 2, 1), ("wait", 3, 2), ("trip", 4, 3), ("wake", 2, 3), ("wake", 3, 3),
            ("leave", 4, 2), ("leave", 2, 1), ("leave", 3, 0)])
        made = next(event for event in of(result, "res+") if event["label"] == "gate")
        waits = [event["on"] for event in of(result, "suspend") if event["api"] == "Barrier.wait"]
        self.assertEqual((made["capacity"], waits), (3, [[{"resource": made["r"]}]] * 2))

    def test_an_aborted_barrier_sends_its_parties_away_until_it_is_reset(self):
        result = block("gate = asyncio.Barrier(2)\ntask = asyncio.create_task(gate.wait())\nawait asyncio.sleep(1)\n"
                       "await gate.abort()\nawait asyncio.wait([task])\nprint(repr(task.exception()))\n"
                       "await gate.reset()")
        self.assertEqual(ops(result, "gate"), [
            ("wait", 2, 1), ("abort", 1, 1), ("wake", 2, 1), ("leave", 2, 0), ("reset", 1, 0)])
        self.assertEqual(result["stdout"], "BrokenBarrierError('Abort or reset of barrier')\n")

    def test_two_tasks_that_hold_what_the_other_wants_are_a_deadlock(self):
        result = block("left, right = asyncio.Lock(), asyncio.Lock()\n"
                       "await asyncio.gather(both(left, right), both(right, left))",
                       "async def both(first, second):\n    async with first:\n        await asyncio.sleep(1)\n"
                       "        async with second:\n            pass\n")
        self.assertEqual(ops(result, "left"), [("acquire", 2, 1), ("wait", 3, 1)])
        self.assertEqual(ops(result, "right"), [("acquire", 3, 1), ("wait", 2, 1)])
        self.assertEqual(cycle(result), [2, 3])

    def test_a_deadlock_tells_its_ring_in_the_order_of_the_waits(self):
        result = block("locks = [asyncio.Lock() for _ in range(3)]\n"
                       "others = [asyncio.create_task(both(locks[n], locks[n - 1])) for n in range(3)]\n"
                       "late = asyncio.create_task(both(asyncio.Lock(), locks[0]))\n"
                       "await asyncio.wait(others)",
                       "async def both(first, second):\n    async with first:\n        await asyncio.sleep(1)\n"
                       "        async with second:\n            pass\n")
        self.assertEqual(cycle(result), [2, 4, 3])

    def test_a_task_that_waits_for_the_lock_it_holds_is_a_ring_of_one(self):
        result = block("lock = asyncio.Lock()\nawait asyncio.create_task(twice(lock))",
                       "async def twice(lock):\n    async with lock, lock:\n        pass\n")
        self.assertEqual(cycle(result), [2])

    def test_a_lock_that_was_given_back_is_nobodys(self):
        result = block("lock = asyncio.Lock()\nasync with lock:\n    pass\n"
                       "await lock.acquire()\nlock.release()\nawait asyncio.create_task(asyncio.Event().wait())")
        self.assertEqual(cycle(result), [1, 2])

    def test_who_waits_for_the_one_that_waits_for_him_is_in_the_ring(self):
        result = block("global owner\nowner = asyncio.current_task()\nawait asyncio.gather(back(), forever())",
                       "async def back():\n    await owner\nasync def forever():\n    await asyncio.Event().wait()\n")
        self.assertEqual(cycle(result), [1, 2])


if __name__ == "__main__":
    unittest.main()
