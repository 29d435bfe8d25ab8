"""Another world for the same block: everything that changes from run to run on a real machine, changed by a seed.

What a block prints in several of these worlds tells which parts of its output are its own and which are chance: the
seed of `random`, the date, addresses, free ports, the order of sets, how soon a thread starts, how late a wait ends, the
pace of the machine.
"""
import ast
import os
import platform
import random
import time

from .clock import EPOCH_START, MONOTONIC_START

_ANY_ORDER = "__loopreel_any_order__"


class Variation:
    """`seed` is any integer but 0, which stands for the world that recordings are made in."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.seed = seed
        self.origin = MONOTONIC_START + self._chance.randrange(10**9, 4_000 * 10**9)
        self.epoch = EPOCH_START + self._chance.randrange(10**15, 10**17)
        self.first_address = 0x7F0000000000 + 16 * self._chance.randrange(2**30)
        self.first_port = self._chance.randrange(33_000, 60_000)
        self._lag = 0
        self._hashes: dict[int, int] = {}

    def task_hash(self, number: int) -> int:
        """Stands for an address: tasks in a set come in any order."""
        return self._hashes.setdefault(number, self._chance.getrandbits(40))

    def delay(self) -> int:
        """Nanoseconds that a thread may be late by, under a millisecond."""
        return self._chance.randrange(1_000_000)

    def pause(self) -> int:
        """Nanoseconds between one look of the loop at its clock and the next: a few microseconds of work, so that of
        two timers of one length the one that was set first is also the first to fire, as in CPython."""
        return self._chance.randrange(1_000, 20_000)

    def oversleep(self) -> int:
        """Nanoseconds by which a wait for a timer ends late: a selector waits whole milliseconds, rounded up
        (`selectors.EpollSelector.select`, 3.11 to 3.14). They add up from wait to wait, so that 1 s + 2 s and 2 s + 1 s
        meet in the recording, and which of them is over first is chance. On the slow machine up to 40 ms."""
        return self._chance.randrange(50_000, 1_100_000) if self.seed % 3 else self._chance.randrange(10**7, 4 * 10**7)

    def lag(self) -> int:
        """Nanoseconds that computing took up to now: each look at the clock comes a little later, on the slow machine
        of every third seed by up to 80 ms."""
        self._lag += self._chance.randrange(1_500_000) if self.seed % 3 else self._chance.randrange(10**7, 8 * 10**7)
        return self._lag

    def patches(self) -> list:
        """What a program sees of the machine that it runs on: `(module, name, replacement)`."""
        number = self._chance.randrange(10**6, 10**7)
        return [
            (time, "process_time", lambda: self.lag() / 1e6),
            (time, "thread_time", lambda: self.lag() / 1e6),
            (os, "getpid", lambda: number),
            (os, "getppid", lambda: number - 1),
            (os, "cpu_count", lambda: number % 97 + 9),
            (os, "getcwd", lambda: f"/home/{number}"),
            (platform, "python_version", lambda: f"3.{number % 89 + 11}.{number % 7}"),
            (platform, "platform", lambda *_: f"System-{number}"),
        ]

    def names(self) -> dict:
        """Built-in names of the world: `hash` of texts, and what `shuffled` puts around sets."""
        real_hash = hash

        def hash_of(value):
            found = real_hash(value)
            return found ^ self.seed << 20 if isinstance(value, (str, bytes)) else found

        return {"hash": hash_of, _ANY_ORDER: self._any_order}

    def shuffled(self, tree: ast.AST) -> ast.AST:
        """The program with its walks over sets in any order. Lines and columns stay."""
        return _Walks().visit(tree)

    def _any_order(self, values):
        """A set of anything but small integers, whose order is that of addresses or of randomly hashed texts."""
        if type(values) not in (set, frozenset) or all(type(value) in (int, bool, type(None)) for value in values):
            return values
        items = list(values)
        self._chance.shuffle(items)
        return items


class _Walks(ast.NodeTransformer):
    """Puts `_any_order` around whatever is walked over."""

    _walkers = frozenset(("list", "tuple", "enumerate", "iter", "next", "map", "filter", "zip", "join", "extend"))

    def _wrapped(self, node):
        name = ast.copy_location(ast.Name(_ANY_ORDER, ast.Load()), node)
        return ast.copy_location(ast.Call(name, [node], []), node)

    def visit_For(self, node):
        self.generic_visit(node)
        node.iter = self._wrapped(node.iter)
        return node

    def visit_comprehension(self, node):
        self.generic_visit(node)
        if not node.is_async:
            node.iter = self._wrapped(node.iter)
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        walks = name in self._walkers
        for n, argument in enumerate(node.args):
            if isinstance(argument, ast.Starred):
                argument.value = self._wrapped(argument.value)
            elif walks:
                node.args[n] = self._wrapped(argument)
        return node
