"""Async generators, context managers, context variables and watched names."""
import unittest

from recording import of, record

ASYNC = "import asyncio\nfrom contextlib import *\nfrom contextvars import *\n"


def own(result: dict, kind: str, *fields: str) -> list[tuple]:
    return [tuple(event.get(field) for field in fields) for event in of(result, kind)]


class Generators(unittest.TestCase):
    def test_each_item_is_asked_for_and_given_until_the_end(self):
        result = record(ASYNC + "async def ticks():\n    await asyncio.sleep(1)\n    yield 1\n"
                        "async def main():\n    print([n async for n in ticks()])\nasyncio.run(main())\n")
        self.assertEqual(own(result, "agen", "g", "name", "op", "t"), [
            (1, "ticks", "next", 0), (1, "ticks", "yield", 10**9), (1, "ticks", "next", 10**9),
            (1, "ticks", "end", 10**9)])
        lines = [result["header"]["sites"][event["site"]][0] - 1 for event in of(result, "agen")]
        self.assertEqual(lines, [8, 6, 8, 6])

    def test_one_that_is_left_is_closed_when_the_loop_closes(self):
        result = record(ASYNC + "async def ticks():\n    try:\n        yield 1\n    finally:\n        print('tidy')\n"
                        "kept = ticks()\nasync def main():\n    async for n in kept:\n        break\n    print('over')\n"
                        "asyncio.run(main())\n")
        self.assertEqual(own(result, "agen", "op"), [("next",), ("yield",), ("aclose",), ("end",)])
        self.assertEqual(result["stdout"], "over\ntidy\n")
        asked, closed = of(result, "agen")[0], of(result, "agen")[2]
        self.assertNotEqual(asked["task"], closed["task"])

    def test_aclosing_closes_it_at_once(self):
        result = record(ASYNC + "async def ticks():\n    yield 1\nasync def main():\n    async with aclosing(ticks()) as it:\n"
                        "        async for n in it:\n            break\n    print('over')\nasyncio.run(main())\n")
        self.assertEqual(own(result, "agen", "op", "task"), [("next", 1), ("yield", 1), ("aclose", 1), ("end", 1)])
        self.assertEqual(own(result, "ctx", "op", "name"), [("enter", "aclosing"), ("exit", "aclosing")])

    def test_two_that_take_turns_are_told_apart(self):
        result = record(ASYNC + "async def ticks(n):\n    yield n\n    yield n\nasync def main():\n"
                        "    a, b = ticks(1), ticks(2)\n    print(await anext(a), await anext(b), await anext(a))\n"
                        "asyncio.run(main())\n")
        asked = [event["g"] for event in of(result, "agen") if event["op"] == "next"]
        self.assertEqual(asked, [1, 2, 1])


class Contexts(unittest.TestCase):
    def test_a_manager_is_told_once_it_is_entered_and_once_it_is_left(self):
        result = record(ASYNC + "class Door:\n    async def __aenter__(self):\n        await asyncio.sleep(1)\n"
                        "    async def __aexit__(self, *error):\n        await asyncio.sleep(1)\n        return True\n"
                        "async def main():\n    async with Door():\n        raise ValueError('x')\n    print('on')\n"
                        "asyncio.run(main())\n")
        error = {"type": "ValueError", "message": "x"}
        self.assertEqual(own(result, "ctx", "op", "name", "error", "t"),
                         [("enter", "Door", None, 10**9), ("exit", "Door", error, 2 * 10**9)])

    def test_the_librarys_managers_have_the_names_that_authors_write(self):
        result = record(ASYNC + "@asynccontextmanager\nasync def session():\n    yield\nasync def main():\n"
                        "    async with asyncio.Lock(), asyncio.timeout(1), asyncio.TaskGroup(), session():\n"
                        "        pass\nasyncio.run(main())\n")
        names = ["Lock", "timeout", "TaskGroup", "session"]
        self.assertEqual(own(result, "ctx", "op", "name"),
                         [("enter", name) for name in names] + [("exit", name) for name in reversed(names)])
        self.assertEqual(of(result, "agen"), [])

    def test_leaving_may_raise_an_error_of_its_own(self):
        result = record(ASYNC + "async def main():\n    async with asyncio.timeout(1):\n        await asyncio.sleep(2)\n"
                        "asyncio.run(main())\n")
        self.assertEqual([event.get("error", {}).get("type") for event in of(result, "ctx")], [None, "TimeoutError"])

    def test_a_stack_leaves_what_it_entered_in_reverse(self):
        result = record(ASYNC + "class A:\n    async def __aenter__(self): pass\n    async def __aexit__(self, *e): pass\n"
                        "class B(A): pass\nasync def main():\n    async with AsyncExitStack() as stack:\n"
                        "        await stack.enter_async_context(A())\n        await stack.enter_async_context(B())\n"
                        "asyncio.run(main())\n")
        self.assertEqual(own(result, "ctx", "op", "name"), [
            ("enter", "AsyncExitStack"), ("enter", "A"), ("enter", "B"),
            ("exit", "B"), ("exit", "A"), ("exit", "AsyncExitStack")])

    def test_what_the_library_enters_for_itself_is_left_out(self):
        result = record(ASYNC + "async def main():\n    gate = asyncio.Barrier(1)\n    await gate.wait()\n"
                        "    async with gate:\n        pass\nasyncio.run(main())\n")
        self.assertEqual(own(result, "ctx", "op", "name"), [("enter", "Barrier"), ("exit", "Barrier")])


class Variables(unittest.TestCase):
    def test_each_task_sets_a_context_variable_for_itself(self):
        result = record(ASYNC + "user = ContextVar('user')\nasync def handle(name):\n    token = user.set(name)\n"
                        "    await asyncio.sleep(1)\n    user.reset(token)\nasync def main():\n"
                        "    await asyncio.gather(handle('a'), handle('b'))\nasyncio.run(main())\n")
        self.assertEqual(own(result, "var", "task", "name", "value"), [
            (2, "user", "'a'"), (3, "user", "'b'"), (2, "user", None), (3, "user", None)])

    def test_a_watched_name_is_told_when_its_value_changed(self):
        result = record(ASYNC + "total = 0\nasync def add(amount):\n    global total\n    total += amount\n"
                        "    seen = [amount]\n    seen.append(total)\nasync def main():\n"
                        "    await asyncio.gather(add(2), add(0))\nasyncio.run(main())\n",
                        meta={"watch": ["total", "seen"]})
        self.assertEqual(own(result, "var", "task", "name", "value"), [
            (None, "total", "0"), (2, "total", "2"), (2, "seen", "[2]"), (2, "seen", "[2, 2]"),
            (3, "seen", "[0]"), (3, "seen", "[0, 2]")])
        lines = [result["header"]["sites"][event["site"]][0] - 1 for event in of(result, "var")]
        self.assertEqual(lines, [4, 7, 8, 9, 8, 9])

    def test_watching_calls_no_code_of_the_program(self):
        result = record("class Loud:\n    def __repr__(self):\n        print('repr!')\n        return 'x'\nit = Loud()\n",
                        meta={"watch": ["it"]})
        self.assertEqual(result["stdout"], "")
        self.assertEqual(own(result, "var", "value"), [("<Loud object>",)])


if __name__ == "__main__":
    unittest.main()
