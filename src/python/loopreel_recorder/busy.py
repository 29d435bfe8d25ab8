"""Programs that wait by looking at the clock until it is late: on a clock that only jumps they would look for ever.

`while time.time() < end: pass` holds the thread as `time.sleep` does. Who looks at the clock from one place again and
again, in one step, while nothing else happens, lets a little time go by with each further look.
"""

#: Looks from one place at one instant that mean nothing yet. More than the lines of one place that a trace tells, so
#: that nothing is told between the pieces of one wait.
PATIENCE = 500
#: Up to how many further looks each lets how many nanoseconds pass: exact for short waits, and soon over for long ones.
_PACE = ((3_000, 100_000), (6_000, 1_000_000), (1 << 62, 10_000_000))


class Looks:
    """Counts a program's looks at the clock. `waited` is the time that it has waited so, in nanoseconds."""

    def __init__(self, recorder, jobs, console) -> None:
        self.recorder, self.jobs, self.console = recorder, jobs, console
        self.waited = 0
        self._state: tuple = ()
        self._counts: dict[tuple[int, int], int] = {}

    def look(self, frame) -> None:
        """Code of the block, running in `frame`, is about to be told the time; looks from elsewhere do not count."""
        recorder = self.recorder
        if frame.f_code.co_filename != recorder.file:
            return
        state = (recorder.clock.read(), recorder.step, self.console.bytes)
        if state != self._state:
            self._state = state
            self._counts.clear()
        place = (id(frame.f_code), frame.f_lasti)
        count = self._counts[place] = self._counts.get(place, 0) + 1
        if count <= PATIENCE:
            return
        length = next(length for until, length in _PACE if count - PATIENCE <= until)
        self.jobs.hold(length, "busy waiting")
        self.waited += length
        self._state = (recorder.clock.read(), *state[1:])
