"""States take time to change: pending, stopping, shutting-down, creating, attaching and detaching last a moment.

moto changes them at once, so that code without a waiter works here and fails on AWS. `TRANSITION_SECONDS` is the time
that they last, by the cloud's clock; it is 0 while a scene is set.
"""

from drycloud.cloud import clock

_BETWEEN = {"running": "pending", "stopped": "stopping", "terminated": "shutting-down"}
_CODES = {"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80}

TRANSITION_SECONDS = 0.0


def set_transition_seconds(seconds: float) -> None:
    """How long the states between last from now on; 0: they are not seen, those under way end at once."""
    global TRANSITION_SECONDS
    TRANSITION_SECONDS = seconds


class TimedState:
    """Stands in for moto's InstanceState: a state that is set is reached after a moment."""

    def __init__(self, name: str = "running", code: int = 16):
        del code  # it follows from the name
        self.target, self._reached = name, clock.of_states() + TRANSITION_SECONDS
        self.has_changed = False  # since the launch

    @property
    def name(self) -> str:
        """The state now."""
        return _BETWEEN[self.target] if self.between else self.target

    @name.setter
    def name(self, name: str) -> None:
        if name != self.target:
            self.target, self._reached, self.has_changed = name, clock.of_states() + TRANSITION_SECONDS, True

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
        return TRANSITION_SECONDS > 0 and self.target in _BETWEEN and clock.of_states() < self._reached

    @property
    def is_new(self) -> bool:
        """Whether the state was reached within the last moment."""
        return TRANSITION_SECONDS > 0 and self._reached <= clock.of_states() < self._reached + TRANSITION_SECONDS

    def __copy__(self) -> "TimedState":
        """moto copies a state to tell the one before: that one does not move on."""
        return _Fixed(self.name)


class _Fixed(TimedState):
    @property
    def between(self) -> bool:
        return False


class Transition:
    """A change that begins now, and is under way for a moment: a volume's creation, or its way off an instance."""

    __slots__ = ("_reached",)

    def __init__(self) -> None:
        self._reached = clock.of_states() + TRANSITION_SECONDS

    @property
    def is_over(self) -> bool:
        """Whether what begins here has come to its end."""
        return TRANSITION_SECONDS == 0 or clock.of_states() >= self._reached


def under_way(transition: Transition | None) -> bool:
    """Whether there is a transition, and it is not over."""
    return transition is not None and not transition.is_over


def is_leaving(attachment: object) -> bool:
    """Whether a volume's attachment is being taken off (or is off); never without our patches, as in some tests."""
    return getattr(attachment, "_going", None) is not None


def take_time() -> None:
    """Patch moto: its instances get states of this kind (42)."""
    from moto.ec2.models import instances

    instances.InstanceState = TimedState
