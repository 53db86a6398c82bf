"""An instance's state takes time to change: pending, stopping and shutting-down last a moment.

moto changes it at once, so that code without a waiter works here and fails on AWS. `MOMENT` is the time in seconds of
the cloud's clock; it is 0 while a scene is set.
"""

from drycloud.cloud import clock

_BETWEEN = {"running": "pending", "stopped": "stopping", "terminated": "shutting-down"}
_CODES = {"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80}

MOMENT = 0.0


def set_moment(seconds: float) -> None:
    """How long the states between last from now on; 0: they are not seen, those under way end at once."""
    global MOMENT
    MOMENT = seconds


class TimedState:
    """Stands in for moto's InstanceState: a state that is set is reached after a moment."""

    def __init__(self, name: str = "running", code: int = 16):
        del code  # it follows from the name
        self.target, self._reached = name, clock.monotonic() + MOMENT
        self.has_changed = False  # since the launch

    @property
    def name(self) -> str:
        """The state now."""
        return _BETWEEN[self.target] if self.between else self.target

    @name.setter
    def name(self, name: str) -> None:
        if name != self.target:
            self.target, self._reached, self.has_changed = name, clock.monotonic() + MOMENT, True

    @property
    def code(self) -> int:
        """The state now, as AWS's number."""
        return _CODES[self.name]

    @code.setter
    def code(self, code: int) -> None:
        """moto sets name and code together; the name decides."""

    @property
    def between(self) -> bool:
        """Whether the change is still under way."""
        return MOMENT > 0 and self.target in _BETWEEN and clock.monotonic() < self._reached

    def __copy__(self) -> "TimedState":
        """moto copies a state to tell the one before: that one does not move on."""
        return _Fixed(self.name)


class _Fixed(TimedState):
    @property
    def between(self) -> bool:
        return False


def take_time() -> None:
    """Patch moto: its instances get states of this kind (42)."""
    from moto.ec2.models import instances

    instances.InstanceState = TimedState
