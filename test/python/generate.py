"""Random asyncio programs, each from its seed, that print what happens and when. All end: `main` has a deadline."""
import random

_HEAD = """import asyncio


def say(*what):
    print(f"{asyncio.get_running_loop().time() - start:g}", *what)


async def main():
    global start, locks, semaphores, events, queues, conditions, kept
    start = asyncio.get_running_loop().time()
    locks = [asyncio.Lock() for _ in range(2)]
    semaphores = [asyncio.Semaphore(2), asyncio.BoundedSemaphore(1)]
    events = [asyncio.Event() for _ in range(2)]
    queues = [asyncio.Queue(), asyncio.Queue(1)]
    conditions = [asyncio.Condition()]
    kept = []
    try:
        async with asyncio.timeout(20):
            await w0("main", 0)
    except (Exception, asyncio.CancelledError) as error:
        say("main ended with", type(error).__name__, *map(type, getattr(error, "exceptions", ())))
    say("end", len(kept))
"""

#: Delays are exact in binary and tie with each other again and again.
_DELAYS = (0, 0, 0.25, 0.25, 0.5, 0.75, 1, 1.5)
#: Functions call only later ones.
_WORKERS = 5


def program(seed: int) -> str:
    """The source of program `seed`; `main` is not run."""
    chance = random.Random(seed)
    return _HEAD + "".join(_Worker(chance, n).text() for n in range(_WORKERS))


class _Worker:
    def __init__(self, chance: random.Random, n: int) -> None:
        self.chance, self.n = chance, n
        self.lines = [f"async def w{n}(me, n):", "    say(me, 'starts')"]

    def text(self) -> str:
        self.block(1, self.chance.randint(1, 4 if self.n else 6))
        self.put(1, f"say(me, 'ends')\n    return {self.n}")
        return "\n\n" + "\n".join(self.lines) + "\n"

    def put(self, depth: int, line: str) -> None:
        self.lines.append("    " * depth + line)

    def block(self, depth: int, size: int) -> None:
        for _ in range(size):
            self.statement(depth)

    def delay(self) -> float:
        return self.chance.choice(_DELAYS)

    def child(self) -> str:
        """A coroutine to hand over."""
        if self.n + 1 >= _WORKERS or self.chance.random() < 0.2:
            return f"asyncio.sleep({self.delay()}, {self.chance.randint(0, 9)})"
        n = self.chance.randint(self.n + 1, _WORKERS - 1)
        return f"w{n}(me + '.{self.chance.randint(0, 9)}', n + 1)"

    def children(self) -> str:
        return ", ".join(self.child() for _ in range(self.chance.randint(1, 3)))

    def statement(self, depth: int) -> None:
        kinds = [getattr(self, name) for name in dir(self) if name.startswith("do_")]
        if depth > 3:
            kinds = [self.do_sleep, self.do_say, self.do_raise]
        self.chance.choice(kinds)(depth)

    def do_sleep(self, depth):
        self.put(depth, f"await asyncio.sleep({self.delay()})")

    def do_yield(self, depth):
        self.put(depth, f"for i in range({self.chance.randint(1, 3)}):\n{'    ' * depth}    await asyncio.sleep(0)")

    def do_say(self, depth):
        self.put(depth, f"say(me, 'at', {self.chance.randint(0, 99)})")

    def do_raise(self, depth):
        if self.chance.random() < 0.3:
            self.put(depth, f"if len(me) % 3 == {self.chance.randint(0, 2)}:\n{'    ' * depth}    raise "
                            f"{self.chance.choice(['ValueError', 'KeyError', 'asyncio.CancelledError'])}(me)")
        else:
            self.do_say(depth)

    def do_await(self, depth):
        self.put(depth, f"say(me, 'got', await {self.child()})")

    def do_try(self, depth):
        self.put(depth, "try:")
        self.block(depth + 1, self.chance.randint(1, 2))
        self.put(depth, "except (Exception, asyncio.CancelledError) as error:")
        self.put(depth + 1, "say(me, 'caught', type(error).__name__)")
        if self.chance.random() < 0.3:
            self.put(depth + 1, "raise")
        self.put(depth, "finally:")
        self.do_say(depth + 1)
        if self.chance.random() < 0.4:
            self.do_sleep(depth + 1)

    def do_gather(self, depth):
        more = self.chance.choice(["", ", return_exceptions=True"])
        self.put(depth, f"found = await asyncio.gather({self.children()}{more})")
        self.put(depth, "say(me, 'gathered', [type(one).__name__ for one in found])")

    def do_wait(self, depth):
        mode = self.chance.choice(["ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"])
        self.put(depth, f"some = [asyncio.create_task(one) for one in [{self.children()}]]")
        self.put(depth, "kept.extend(some)")
        self.put(depth, f"done, _ = await asyncio.wait(some, timeout={self.chance.choice([None, self.delay()])}, "
                        f"return_when=asyncio.{mode})")
        self.put(depth, "say(me, 'waited', [some.index(one) for one in some if one in done])")

    def do_wait_for(self, depth):
        self.put(depth, f"say(me, 'in time', await asyncio.wait_for({self.child()}, {self.delay()}))")

    def do_timeout(self, depth):
        self.put(depth, f"async with asyncio.timeout({self.delay()}) as limit:")
        self.block(depth + 1, self.chance.randint(1, 2))
        self.put(depth, "say(me, 'expired' if limit.expired() else 'made it')")

    def do_group(self, depth):
        self.put(depth, "async with asyncio.TaskGroup() as group:")
        for _ in range(self.chance.randint(1, 3)):
            self.put(depth + 1, f"group.create_task({self.child()})")
        self.block(depth + 1, 1)

    def do_task(self, depth):
        self.put(depth, f"kept.append(asyncio.create_task({self.child()}))")

    def do_cancel(self, depth):
        self.put(depth, f"if kept:\n{'    ' * depth}    say(me, 'cancels', "
                        f"kept[{self.chance.randint(0, 9)} % len(kept)].cancel())")

    def do_shield(self, depth):
        self.put(depth, f"say(me, 'shielded', await asyncio.shield({self.child()}))")

    def do_lock(self, depth):
        what = self.chance.choice(["locks[0]", "locks[1]", "semaphores[0]", "semaphores[1]"])
        self.put(depth, f"async with {what}:")
        self.block(depth + 1, self.chance.randint(1, 2))

    def do_event(self, depth):
        event = f"events[{self.chance.randint(0, 1)}]"
        self.put(depth, self.chance.choice([f"{event}.set()", f"{event}.set()", f"{event}.clear()",
                                            f"await {event}.wait()"]))

    def do_queue(self, depth):
        queue = f"queues[{self.chance.randint(0, 1)}]"
        self.put(depth, self.chance.choice([f"await {queue}.put(me)", f"await {queue}.put(n)",
                                            f"say(me, 'takes', await {queue}.get())"]))

    def do_condition(self, depth):
        self.put(depth, "async with conditions[0]:")
        self.put(depth + 1, self.chance.choice(["conditions[0].notify_all()", "conditions[0].notify()",
                                                "await conditions[0].wait()"]))

    def do_later(self, depth):
        self.put(depth, f"asyncio.get_running_loop().call_later({self.delay()}, print, 'later', me)")

    def do_as_completed(self, depth):
        self.put(depth, f"for one in asyncio.as_completed([asyncio.create_task(one) for one in [{self.children()}]]):")
        self.put(depth + 1, "say(me, 'next is', await one)")
