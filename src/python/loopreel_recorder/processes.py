"""What a process of its own changes: nothing that another sees."""
import contextlib
import copy
import os
import pickle
import sys
import types

_CONTAINERS = (list, dict, set, bytearray)
_PLAIN = (types.FunctionType, property, staticmethod, classmethod, types.MemberDescriptorType, types.GetSetDescriptorType)


def copied(value):
    """What reaches another process: a copy by way of `pickle`, whose errors are the program's."""
    return pickle.loads(pickle.dumps(value))


def inherited(value, shared: dict):
    """What a fork has of a value: a copy. `shared`, by address, is one for all processes."""
    return copy.deepcopy(value, dict(shared))


class Memory:
    """What `__main__` holds in one process: what its parent held when it began, then its own. Containers, objects of the
    program's classes and what those classes keep are copied as a fork does; other objects are not. `number` is its
    process id, `process` what `multiprocessing.current_process()` gives, `shared` as in `inherited`."""

    #: The memory in which this one was put in place, if not the program's own.
    outer: "Memory | None" = None

    def __init__(self, module, number: int, process=None, shared: dict | None = None) -> None:
        self._globals, self._process = vars(module), process
        self._numbers = {"getpid": number, "getppid": os.getpid()}
        own = {name: value for name, value in self._globals.items()
               if type(value) in _CONTAINERS or type(value).__module__ == "__main__"}
        self._own = {**self._globals, **inherited(own, shared or {})}
        self._classes = [(kind, inherited(_kept(kind), shared or {})) for kind in self._globals.values()
                         if isinstance(kind, type) and kind.__module__ == "__main__"]

    def __enter__(self) -> None:
        self._parents, self._functions = dict(self._globals), {name: getattr(os, name) for name in self._numbers}
        self._become(self._own)
        self._exchange()
        for name, number in self._numbers.items():
            setattr(os, name, lambda number=number: number)
        if self._process is not None:
            module, child = sys.modules["multiprocessing.process"], self._process
            self._outer = module._current_process, module._parent_process
            module._current_process = child
            module._parent_process = module._ParentProcess(child._parent_name, child._parent_pid, None)

    def __exit__(self, *_error) -> None:
        self._own = dict(self._globals)
        self._become(self._parents)
        self._exchange()
        vars(os).update(self._functions)
        if self._process is not None:
            module = sys.modules["multiprocessing.process"]
            module._current_process, module._parent_process = self._outer

    def _become(self, values: dict) -> None:
        for name in self._globals.keys() - values.keys():
            del self._globals[name]
        self._globals.update(values)

    def _exchange(self) -> None:
        """What classes keep now, for what they kept in the other process."""
        for n, (kind, kept) in enumerate(self._classes):
            self._classes[n] = kind, _kept(kind)
            for name in self._classes[n][1].keys() - kept.keys():
                delattr(kind, name)
            for name, value in kept.items():
                setattr(kind, name, value)


def _kept(kind: type) -> dict:
    """The data of a class of the program's own; nothing of one that guards its attributes (an `Enum`)."""
    if type(kind) is not type:
        return {}
    return {name: value for name, value in vars(kind).items()
            if not name.startswith("__") and not isinstance(value, _PLAIN)}


def in_memory(jobs, memory: Memory, body):
    """Steps a job's body, each time in its own memory, of which what others do is no business."""
    value = None
    while True:
        with _within(jobs, memory):
            jobs.touches.on = False
            try:
                wait = body.send(value)
            except StopIteration as stop:
                return stop.value
        value = yield wait


@contextlib.contextmanager
def _within(jobs, memory: Memory):
    """What a process starts begins while its memory is in place already."""
    if jobs.memory is memory:
        yield
        return
    memory.outer, jobs.memory = jobs.memory, memory
    try:
        with memory:
            yield
    finally:
        jobs.memory = memory.outer


@contextlib.contextmanager
def outside(jobs):
    """Others run meanwhile: the memory of the process that runs is not in place."""
    memory, jobs.memory = jobs.memory, None
    if memory is not None:
        memory.__exit__()
    try:
        yield
    finally:
        if memory is not None:
            memory.__enter__()
        jobs.memory = memory
