"""Runs one block of a note and records it: the only entry, JSON in and JSON out."""
import asyncio
import contextvars
import copy
import inspect
import json
import platform
import signal
import sys
import traceback
import types
import warnings
from time import perf_counter as real_seconds, process_time as processor_seconds

from .console import Console
from .contexts import Contexts
from .ending import drop, run_at_exit
from .evidence import evidence
from .execution import compiled, run_code, run_prelude
from .failures import Failures
from .generators import Generators
from .limits import DEFAULTS, LimitReached, Unavailable
from .lines import header
from .monitor import Monitor
from .plain_files import PlainFiles
from .prelude import Prelude
from .recorder import ABSENT
from .session import Session
from .source import Program, implicit_main
from .values import message
from .variables import Variables
from .variation import Variation
from .world import World


def record_block(request_json: str) -> str:
    """Records the block `target` of a note.

    The request is `{file, blocks: [{id, line, code, meta}…], target, limits, network, engine: {implementation}}` with
    all Python blocks of the note in order, where `line` is the fence's line, and `network` the rules of its simulated
    network (`loopreel_outside/answers.py`). `engine` may also hold `clock`, `virtual` (the default) or `wall`
    (`wall.py`), and `arguments` and `path`, what the program finds in `sys.argv` and first in `sys.path`.
    `world: {seed}` asks for another world than that of recordings (`variation.py`), `check: true` for a field `check`
    in the result (`evidence.py`). The result is `{id, status, stdout}` and, as they apply, `reason`, `stderr`, `error:
    {text, line, column?, traceback}` (a syntax error has a column, from 1), `trace` (JSON Lines) and `faults` (hooks
    that failed; a bug of the recorder). Never raises for what a block does. A KeyboardInterrupt or SIGINT from outside
    stops the block, with what it did so far.
    """
    recording = Recording(json.loads(request_json))
    previous = {number: signal.signal(number, recording.on_signal) for number in _STOPPING}
    try:
        answer = json.dumps(recording.run())
        return answer if recording.trace is None else f'{answer[:-1]}, "trace": {recording.trace}}}'
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


#: Signals by which a host stops a block: of the keyboard, and of `signal.setitimer`.
_STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGALRM") if hasattr(signal, name)]


def _on_clock(clock: str) -> tuple[type, type]:
    """What session and world a clock needs. A browser's Python, which has no real one, never loads what that needs."""
    if clock == "virtual":
        return Session, World
    from .wall import WallSession, WallWorld

    return WallSession, WallWorld


class Recording:
    def __init__(self, request: dict) -> None:
        self.file = request["file"]
        self.limits = {**DEFAULTS, **request.get("limits", {})}
        self.network = request.get("network", [])
        self.engine = engine = request.get("engine", {})
        self.implementation = engine.get("implementation") or platform.python_implementation()
        self.programs = [Program(block, self.file) for block in request["blocks"]]
        self.target = next(program for program in self.programs if program.id == request["target"])
        seed = request.get("world", {}).get("seed", 0)
        self.variation = Variation(seed) if seed else None
        session_class, self.world_class = _on_clock(engine.get("clock", "virtual"))
        self.session = session_class(self.file, self.limits, self.variation, self.network)
        self.session.jobs.programs = self.programs
        self.recorder = self.session.recorder
        self.check = bool(request.get("check"))
        self.console = self.session.console = Console(self.recorder, self.session.jobs, self.check)
        self.failures = Failures(self.file, self.target, self.programs, self.implementation,
                                 self.recorder.addresses.clean)
        self.error: BaseException | None = None
        self.failure: tuple[tuple[str, int] | None, dict] | None = None
        self.began = 0.0
        self.began_busy = processor_seconds()
        self.over = True
        self.monitor: Monitor | None = None
        self.trace: str | None = None

    def run(self) -> dict:
        result = self._record()
        if self.check:
            busy = processor_seconds() - self.began_busy
            result["check"] = evidence(self.target, self.programs, self.console.pieces, busy)
        return result

    def _record(self) -> dict:
        # 1. A block that is no program does not run.
        target = self.target
        tree = target.tree
        if target.output:
            return {"id": target.id, "status": "skipped", "reason": "it holds output, not code", "stdout": ""}
        self.failures.show_lines()
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                if tree is not None and self.variation:
                    tree = self.variation.shuffled(copy.deepcopy(tree))
                code = compiled(tree, target.mode, self.file) if tree is not None else None
            except (SyntaxError, ValueError) as error:
                target.error, code = error, None
            target.warnings += told
        if code is None:
            return {"id": target.id, "status": "raised", "stdout": "", "error": self.failures.syntax_error(target.error)}

        # 2. The names that it lacks come from the blocks around it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            prelude = Prelude(target, self.programs)
        namespace = types.ModuleType("__main__")
        namespace.__file__ = self.file
        self.world = world = self.world_class(self.session, self.console, self.file,
                                              self.engine.get("arguments", []), self.engine.get("path", []))

        # 3. It runs in a fresh namespace in the virtual world, watched.
        self.monitor = monitor = self._monitor()
        world.enter(namespace)
        self.over, self.began = False, real_seconds()
        try:
            contextvars.Context().run(self._run_watched, code, prelude, namespace, monitor)
            self._end(namespace, monitor)
        except KeyboardInterrupt as interrupt:
            self._interrupted(interrupt)
        finally:
            self.over = True
            world.leave()

        # 4. What happened, told.
        return self._result()

    def _monitor(self) -> Monitor:
        session, recorder = self.session, self.recorder
        contexts, variables, files = Contexts(recorder), Variables(recorder), PlainFiles(recorder, session.outside)
        variables.watched = tuple(self.target.meta.get("watch", ()))
        library = [*session.composites.hooks(), *session.resources.hooks(), *session.jobs.hooks(), *contexts.hooks(),
                   *files.hooks()]
        monitor = Monitor(recorder, library, [contexts, Generators(recorder), variables, files])
        monitor.touches = session.jobs.touches
        return monitor

    # Running

    def _run_watched(self, code, prelude: Prelude, namespace, monitor: Monitor) -> None:
        names = vars(namespace)
        self.session.resources.names.read(self.target.tree)
        for one in code if isinstance(code, list) else [code]:
            monitor.watch(one, self.target.code, self.target.tree, self.target.first_line)
        self.console.muted = True
        run_prelude(prelude.statements, names, monitor, self.file)
        self.console.muted = False
        self.recorder.frozen = False
        for told in self.target.warnings:
            if issubclass(told.category, SyntaxWarning):
                warnings.warn_explicit(told.message, told.category, told.filename, told.lineno)
        monitor.tracer.start()
        try:
            if isinstance(code, list):
                for n, (one, statement) in enumerate(zip(code, self.target.tree.body), 1):
                    self.console.statement = statement.lineno
                    self._run_prompt(one, names, n == len(code))
            else:
                run_code(code, names)
            main = implicit_main(self.target.tree) if self.target.mode == "script" else None
            if main is not None and inspect.iscoroutinefunction(names.get(main)):
                asyncio.run(names[main]())
        except KeyboardInterrupt as interrupt:
            self._interrupted(interrupt)
        except SystemExit as leaving:
            if leaving.code is not None and not isinstance(leaving.code, int):
                print(leaving.code, file=sys.stderr)
        except BaseException as error:
            self.error = error
            if self.world.recursion_capped and isinstance(error, RecursionError):
                self.recorder.stop("recursion", None)

    def _run_prompt(self, code, names: dict, last: bool) -> None:
        """An error ends a line of a REPL, not the session."""
        try:
            run_code(code, names)
        except Exception as error:
            if last or self.failures.skip_reason(error) is not None:
                raise
            sys.stderr.write(self.failures.described(error)["traceback"])

    def _end(self, namespace, monitor: Monitor) -> None:
        """What Python does at exit: waits for threads, drops the globals, warns of what was never awaited."""
        try:
            try:
                self.session.jobs.finish()
            except Unavailable as error:
                self.error = self.error or error
            run_at_exit(self.world.at_exit, self.recorder)
            if self.error is not None:
                self._tell_failure()
            monitor.tracer.forget()
            drop(vars(namespace), self.error, self.session.composites.forget, self.session.tasks.pending)
        finally:
            monitor.tracer.stop()
            recorder = self.recorder
            if recorder.stopped is not None:
                ending = ("stopped", ABSENT)
            elif self.error is not None:
                ending = ("raised", message(self.error))
            else:
                ending = ("ok", ABSENT)
            recorder.finish(*ending)
            self.over = True

    # Being stopped

    def on_signal(self, _number, frame) -> None:
        if self.failures.busy:
            raise LimitReached("seconds")
        if self.over:
            return
        if self.monitor is not None:
            self.monitor.insist()
        self.session.jobs.out_of_time(frame)
        self.recorder.stop("seconds", self.recorder.site_of(frame))
        self.recorder.interrupt()

    def _interrupted(self, interrupt: KeyboardInterrupt) -> None:
        """Tells the deadline's interrupt from one that the program raised itself: by the time that it took."""
        recorder = self.recorder
        if recorder.stopped is not None or isinstance(interrupt, LimitReached):
            return
        if real_seconds() - self.began >= 0.8 * self.limits["seconds"]:
            frames = [frame for frame, _ in traceback.walk_tb(interrupt.__traceback__)
                      if frame.f_code.co_filename == self.file]
            recorder.stop("seconds", recorder.frame_site(frames[-1]) if frames else None)
            recorder.interrupt_due = False
        else:
            self.error = interrupt

    # Telling

    def _tell_failure(self) -> None:
        """Looks at the error as long as its frames and the names that its own text may need are there."""
        self.failure = self.failures.skip_reason(self.error), self.failures.described(self.error)

    def _result(self) -> dict:
        recorder, console = self.recorder, self.console
        stdout = "".join(console.stdout)
        result: dict = {"id": self.target.id, "status": "ran", "stdout": stdout}
        if (unemulable := self.session.jobs.unemulable) is not None:
            text, site = unemulable
            line = list(recorder.sites)[site][0] if site is not None else self.target.first_line
            return {"id": self.target.id, "status": "skipped", "reason": text, "stdout": "",
                    "error": {"text": text, "line": line, "traceback": ""}}
        if recorder.stopped is not None:
            result["status"], result["reason"] = "stopped", self.session.reason()
            site = recorder.stopped_site
            line = list(recorder.sites)[site][0] if site is not None else self.target.first_line
            result["error"] = {"text": result["reason"], "line": line, "traceback": ""}
        elif self.error is not None:
            if self.failure is None:
                self._tell_failure()
            reason, described = self.failure
            if reason is not None and not stdout:
                return {"id": self.target.id, "status": "skipped", "reason": reason[0], "stdout": "",
                        "error": {"text": reason[0], "line": reason[1], "traceback": ""}}
            result["status"], result["error"] = "raised", described
            if reason is not None:
                result["reason"] = reason[0]
        if console.stderr:
            result["stderr"] = "".join(console.stderr)
        self.trace = recorder.trace_literal(header(
            self.file, self.target.first_line, self.target.text, self.implementation, self.engine.get("clock", "virtual")))
        if recorder.faults:
            result["faults"] = recorder.faults
        return result
