"""The world that a block sees: virtual time, seeded chance, no network, no processes; and the old one put back."""
import asyncio
import atexit
import builtins
import datetime
import io
import logging
import os
import random
import sys
import time
import types
import _threading_local
from asyncio import events

from . import computer, emulation
from .busy import Looks
from .dates import date_class, datetime_class
from .files import own_folder
from .limits import Unavailable
from .restoring import UNTOUCHED, keep_modules, keep_settings

#: The deepest recursion that a program may ask for; the WebAssembly stack ends a little later.
RECURSION_CAP = 3_000


class Builtin:
    """Stands for a built-in function of a module and looks like one: no source, no module of the recorder's."""

    def __init__(self, name: str, function) -> None:
        self.__name__ = self.__qualname__ = name
        self.__module__ = "time"
        self.__call = function

    def __call__(self, /, *arguments, **options):
        return self.__call(*arguments, **options)

    def __repr__(self) -> str:
        return f"<built-in function {self.__name__}>"


class World:
    """`enter()` puts the virtual world in place, `leave()` puts everything back that the block may have changed:
    module attributes, new modules, warnings, logging, environment, signal handlers, streams."""

    def __init__(self, session, console, file: str, arguments: list[str], path: list[str]) -> None:
        self.session, self.console, self.file = session, console, file
        self.arguments, self.path = arguments, path
        self._undo: list = []
        self.at_exit: list = []

    def enter(self, namespace: types.ModuleType) -> None:
        self._undo.append(keep_modules())
        place = os.getcwd()
        self._undo.append(self.own_folder())
        self._undo.append(keep_settings(place))
        running = events._get_running_loop()
        events._set_running_loop(None)
        self._undo.append(lambda: events._set_running_loop(running))

        for owner, name, value in self.patches():
            self._replace(owner, name, value)
        sys.stdout, sys.stderr = self.console.streams["stdout"], self.console.streams["stderr"]
        sys.stdin = io.StringIO()
        sys.argv = [self.file, *self.arguments]
        sys.path[:0] = self.path
        fresh = types.ModuleType("builtins")
        vars(fresh).update(vars(builtins))
        fresh.id = lambda value: self.session.recorder.addresses.stable(id(value))
        fresh.input = self._input
        if self.session.recorder.variation:
            vars(fresh).update(self.session.recorder.variation.names())
        sys.modules["builtins"] = fresh
        sys.modules["__main__"] = namespace
        namespace.__builtins__ = fresh

    def leave(self) -> None:
        while self._undo:
            self._undo.pop()()

    def _replace(self, owner, name: str, value) -> None:
        if isinstance(owner, types.ModuleType) and owner.__name__ not in UNTOUCHED:
            setattr(owner, name, value)
            return
        old = vars(owner).get(name, owner)
        setattr(owner, name, value)
        self._undo.append(lambda: delattr(owner, name) if old is owner else setattr(owner, name, old))

    # Parts of the world

    def own_folder(self):
        """Gives the block a folder that nobody else sees; what comes back takes it away."""
        return own_folder()

    def patches(self) -> list:
        """What stands in for the real world: `(object, name, replacement)`."""
        return [*self._time(), *self._chance(), *self._outside(), *self._leaving(), *self._asyncio(),
                *computer.patches(), *emulation.patches(self.session.jobs), *self.session.outside.patches(),
                *self._variation()]

    def _time(self) -> list:
        clock, jobs = self.session.recorder.clock, self.session.jobs
        real = {name: getattr(time, name) for name in ("localtime", "gmtime", "ctime", "strftime", "asctime")}

        def sleep(seconds):
            if not isinstance(seconds, (int, float)):
                if not hasattr(seconds, "__index__") and not hasattr(seconds, "__float__"):
                    raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
            if seconds < 0:
                raise ValueError("sleep length must be non-negative")
            jobs.hold(max(round(float(seconds) * 1e9), int(seconds > 0)), "time.sleep")

        def with_default(name, position=0):
            function = real[name]

            def call(*arguments):
                if len(arguments) <= position or position == 0 and arguments[0] is None:
                    moment = clock.time_ns() / 1e9
                    arguments = (*arguments[:position], real["gmtime"](moment) if position or name == "asctime"
                                 else moment)
                return function(*arguments)

            return call

        looks = Looks(self.session.recorder, jobs, self.console)
        clock.looked_at = looks.look

        def looking(read):
            def look():
                looks.look(sys._getframe(2))
                return read()

            return look

        reading = {
            "time": looking(lambda: clock.time_ns() / 1e9),
            "time_ns": looking(clock.time_ns),
            "monotonic": looking(lambda: clock.monotonic_ns() / 1e9),
            "monotonic_ns": looking(clock.monotonic_ns),
            "perf_counter": looking(lambda: clock.monotonic_ns() / 1e9),
            "perf_counter_ns": looking(clock.monotonic_ns),
            "process_time": looking(lambda: (50_000_000 + looks.waited) / 1e9),
            "process_time_ns": looking(lambda: 50_000_000 + looks.waited),
            "thread_time": looking(lambda: (50_000_000 + looks.waited) / 1e9),
            "sleep": sleep,
            "localtime": with_default("localtime"),
            "gmtime": with_default("gmtime"),
            "ctime": with_default("ctime"),
            "strftime": with_default("strftime", 1),
            "asctime": with_default("asctime"),
        }
        patches = [(time, name, Builtin(name, value)) for name, value in reading.items()]
        began = clock.time_ns() if sys.version_info >= (3, 13) else clock.time_ns() / 1e9
        patches.append((logging, "_startTime", began))
        patches.append((datetime, "datetime", datetime_class(clock)))
        patches.append((datetime, "date", date_class(clock)))
        for module, name in (("queue", "time"), ("threading", "_time")):
            if module in sys.modules:
                patches.append((sys.modules[module], name, lambda: clock.monotonic_ns() / 1e9))
        for module in ("sched", "timeit"):
            # Their functions have the real clock as default arguments: a program imports them anew.
            sys.modules.pop(module, None)
        return patches

    def _chance(self) -> list:
        shift = self.session.recorder.variation.seed * 1_000 if self.session.recorder.variation else 0
        chance = random.Random(20260101 + shift)
        generators = random.Random(20260102 + shift)
        original = random.Random.seed

        def seed(generator, a=None, version=2):
            original(generator, generators.getrandbits(64) if a is None else a, version)

        random.seed(20260103 + shift)
        return [
            (os, "urandom", chance.randbytes),
            (random, "_urandom", chance.randbytes),
            (random.Random, "seed", seed),
        ]

    def _variation(self) -> list:
        variation = self.session.recorder.variation
        return variation.patches() if variation else []

    def _outside(self) -> list:
        def refusal(name: str, what: str):
            def refuse(*_arguments, **_options):
                raise Unavailable(f"{name} needs {what}, which a recording does not have; `engine=cpython` has it")

            refuse.__name__ = name.rpartition(".")[2]
            return refuse

        own = "a process of its own"
        patches = [(os, name, refusal(f"os.{name}", own if name in ("_exit", "abort") else "another process"))
                   for name in ("system", "popen", "fork", "forkpty", "execv", "execve", "posix_spawn", "posix_spawnp",
                                "_exit", "kill", "killpg", "abort") if hasattr(os, name)]
        import socket
        import subprocess

        class NoSocket(socket.socket):
            def __init__(self, *_arguments, **_options):
                raise Unavailable("socket needs the network, which a recording does not have; `engine=cpython` has it")

        for name in ("create_connection", "create_server", "socketpair"):
            if hasattr(socket, name):
                patches.append((socket, name, refusal(f"socket.{name}", "the network")))
        NoSocket.__name__ = NoSocket.__qualname__ = "socket"
        NoSocket.__module__ = "socket"
        patches.append((socket, "socket", NoSocket))
        refuse_kill = dict((name, value) for _, name, value in patches).get("kill")

        patches += self.session.signals.patches(refuse_kill)
        patches.append((subprocess.Popen, "__init__", refusal("subprocess", "another process")))
        return patches

    def _leaving(self) -> list:
        """What happens at the program's exit happens at its recording's; nor does recursion end the interpreter."""

        def register(function, /, *arguments, **options):
            self.at_exit.append((function, arguments, options))
            return function

        def unregister(function):
            self.at_exit[:] = [entry for entry in self.at_exit if entry[0] != function]

        return [
            (atexit, "register", register),
            (atexit, "unregister", unregister),
            (sys, "setrecursionlimit", self._limited_recursion(sys.setrecursionlimit)),
        ]

    def _limited_recursion(self, real):
        cap = self.session.recorder.limits.get("recursion", RECURSION_CAP)
        if cap < sys.getrecursionlimit():
            real(cap)
            self.recursion_capped = True

        def setrecursionlimit(limit):
            if limit > cap:
                self.recursion_capped = True
            real(min(limit, cap))

        return setrecursionlimit

    recursion_capped = False

    def _asyncio(self) -> list:
        loop, policy = self.session.loop_class, _policy_class()
        local = type("_Local", (_threading_local.local,), {"_loop": None, "_set_called": False})

        def unique(iterable=()):
            """`as_completed` takes `set(coroutines)`, whose order is that of addresses; the arguments' order is the
            same everywhere."""
            items = list(iterable)
            if any(asyncio.iscoroutine(item) for item in items):
                return dict.fromkeys(items)
            return set(items)

        task = self.session.task_class
        patches = [
            (policy, "_loop_factory", loop),
            (next(kind for kind in policy.__mro__ if "_Local" in vars(kind)), "_Local", local),
            (events, "_event_loop_policy", _new_policy(policy, local)),
            (asyncio.tasks, "set", unique),
            (asyncio.tasks, "Task", task),
            (asyncio, "Task", task),
            (asyncio, "SelectorEventLoop", loop),
        ]
        if hasattr(asyncio, "EventLoop"):
            patches.append((asyncio, "EventLoop", loop))
        if hasattr(asyncio, "eager_task_factory"):
            eager = asyncio.create_eager_task_factory(task)
            patches += [(asyncio.tasks, "eager_task_factory", eager), (asyncio, "eager_task_factory", eager)]
        return patches

    def _input(self, prompt=""):
        if prompt:
            sys.stdout.write(str(prompt))
        raise EOFError("EOF when reading a line")


def _new_policy(policy: type, local: type):
    """A policy that keeps a current loop for each thread, also for emulated ones."""
    made = policy()
    made._local = local()
    return made


def _policy_class():
    """The class of the policy that makes event loops when a program has chosen none."""
    module = sys.modules.get("asyncio.unix_events") or sys.modules["asyncio.windows_events"]
    return getattr(module, "_DefaultEventLoopPolicy", None) or module.DefaultEventLoopPolicy
