"""How Python 3.12 and later tell a monitor: through `sys.monitoring`, with events switched on only for the block's own
code and the hooked functions.
"""
import sys

_TOOL = 4


class Monitoring:
    #: Lines that are told too often are switched off.
    switches_off = True

    def __init__(self, monitor) -> None:
        self.monitor = monitor

    def start(self) -> None:
        monitoring, events, monitor = sys.monitoring, sys.monitoring.events, self.monitor
        monitoring.use_tool_id(_TOOL, "loopreel")
        local: dict = {}
        kinds = {"start": events.PY_START, "resume": events.PY_RESUME, "return": events.PY_RETURN,
                 "yield": events.PY_YIELD, "call": events.CALL}
        for when, kind in kinds.items():
            for code in map(monitor.hooked.get, monitor.hooks[when]):
                local[code] = local.get(code, 0) | kind
        for code, wanted in local.items():
            monitoring.set_local_events(_TOOL, code, wanted | (events.LINE if code in monitor.codes else 0))
        for code in monitor.codes - local.keys():
            monitoring.set_local_events(_TOOL, code, events.LINE)
        self._register()

    def _register(self) -> None:
        monitoring, events, monitor = sys.monitoring, sys.monitoring.events, self.monitor
        recorder, frame_of, disable = monitor.recorder, sys._getframe, sys.monitoring.DISABLE
        tape, clock, file = recorder.tape, recorder.clock, recorder.file
        lines, known, pending = recorder.subjects["line"], monitor.known, monitor.pending

        def on_line(code, number):
            if len(tape) < recorder.calm and not pending and clock.private is None:
                if (text := known[id(code)].get(number)) is not None:
                    tape.extend((recorder.head, lines[recorder.task], text))
                    return None
            return disable if monitor.line(code, number, frame_of(1)) else None

        starts, returns, yields, unwinds = (monitor.hooks[when] for when in ("start", "return", "yield", "unwind"))
        call, hook = monitor.call, monitor.hook

        # Where a recording holds no more and the block runs on unseen, hooks cost only time from then on.
        def on_start(code, _offset):
            if recorder.truncated and recorder.stopped is None:
                return disable
            call(starts[id(code)], frame_of(1))

        def on_resume(code, _offset):
            if recorder.truncated and recorder.stopped is None:
                return disable
            hook("resume", code, frame_of(1))

        def on_call(code, _offset, function, argument):
            hook("call", code, frame_of(1), function, argument)

        def on_return(code, _offset, value):
            if recorder.truncated and recorder.stopped is None:
                return disable
            call(returns[id(code)], frame_of(1), value)

        def on_yield(code, _offset, value):
            if recorder.truncated and recorder.stopped is None:
                return disable
            call(yields[id(code)], frame_of(1), value)

        def on_unwind(code, _offset, error):
            if (unwind := unwinds.get(id(code))) is not None:
                call(unwind, frame_of(1), error)
            elif pending:
                pending.pop(id(frame_of(1)), None)

        def on_raise(code, _offset, error):
            if code.co_filename == file:
                if monitor.hooks["raise"]:
                    hook("raise", code, frame_of(1), error)
                monitor.raised(frame_of(1), error)

        def on_reraise(code, _offset, error):
            if pending:
                pending.pop(id(frame_of(1)), None)

        def on_handled(code, _offset, error):
            if code.co_filename == file:
                monitor.caught(frame_of(1), error)

        for kind, callback in (
            (events.LINE, on_line), (events.PY_START, on_start), (events.PY_RETURN, on_return),
            (events.PY_YIELD, on_yield), (events.PY_UNWIND, on_unwind), (events.RAISE, on_raise),
            (events.RERAISE, on_reraise), (events.EXCEPTION_HANDLED, on_handled), (events.PY_RESUME, on_resume),
            (events.C_RETURN, on_call),
        ):
            monitoring.register_callback(_TOOL, kind, callback)
        monitoring.set_events(_TOOL, events.PY_UNWIND | events.RAISE | events.RERAISE | events.EXCEPTION_HANDLED)

    def restart(self) -> None:
        """Lines that were switched off are told again."""
        sys.monitoring.restart_events()

    def forget(self) -> None:
        """Holds on to nothing anyway."""

    def stop(self) -> None:
        monitoring = sys.monitoring
        monitoring.set_events(_TOOL, 0)
        for code in {*self.monitor.codes, *self.monitor.hooked.values()}:
            monitoring.set_local_events(_TOOL, code, 0)
        for kind in ("LINE", "PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD", "PY_UNWIND", "RAISE", "RERAISE",
                     "EXCEPTION_HANDLED", "C_RETURN"):
            monitoring.register_callback(_TOOL, getattr(monitoring.events, kind), None)
        monitoring.free_tool_id(_TOOL)
