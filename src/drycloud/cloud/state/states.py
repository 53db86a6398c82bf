"""State transitions take time: pending, stopping, shutting-down, creating, attaching and detaching last some seconds.

moto changes states at once, so that code without a waiter works here and fails on AWS. `TRANSITION_SECONDS` is the time
that they last, by the cloud's clock; it is 0 while a scene is set.
"""

from drycloud.cloud import clock

_BETWEEN = {"running": "pending", "stopped": "stopping", "terminated": "shutting-down"}
_CODES = {"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80}

TRANSITION_SECONDS = 0.0


def set_transition_seconds(seconds: float) -> None:
    """Set how long transitions last; with 0 they are never seen, and those in progress end at once."""
    global TRANSITION_SECONDS
    TRANSITION_SECONDS = seconds


class TimedState:
    """Replaces moto's InstanceState: a state that is set is reached after a transition."""

    def __init__(self, name: str = "running", code: int = 16):
        del code  # it follows from the name
        self.target, self._reached = name, clock.of_states() + TRANSITION_SECONDS
        self.has_changed = False  # since the launch

    @property
    def name(self) -> str:
        """The current state."""
        return _BETWEEN[self.target] if self.between else self.target

    @name.setter
    def name(self, name: str) -> None:
        if name != self.target:
            self.target, self._reached, self.has_changed = name, clock.of_states() + TRANSITION_SECONDS, True

    @property
    def code(self) -> int:
        """The current state as AWS's code."""
        return _CODES[self.name]

    @code.setter
    def code(self, code: int) -> None:
        """moto sets name and code together; the name decides."""

    @property
    def between(self) -> bool:
        """Whether the transition is in progress."""
        return TRANSITION_SECONDS > 0 and self.target in _BETWEEN and clock.of_states() < self._reached

    @property
    def is_new(self) -> bool:
        """Whether the state was reached only recently."""
        return TRANSITION_SECONDS > 0 and self._reached <= clock.of_states() < self._reached + TRANSITION_SECONDS

    def __copy__(self) -> "TimedState":
        """moto copies a state to return the previous one: the copy does not change any more."""
        return _Fixed(self.name)


class _Fixed(TimedState):
    @property
    def between(self) -> bool:
        return False


class Transition:
    """A transition that begins now, such as the creation of a volume, or its detaching from an instance."""

    __slots__ = ("_reached",)

    def __init__(self) -> None:
        self._reached = clock.of_states() + TRANSITION_SECONDS

    @property
    def is_over(self) -> bool:
        """Whether the transition has ended."""
        return TRANSITION_SECONDS == 0 or clock.of_states() >= self._reached


def under_way(transition: Transition | None) -> bool:
    """Whether there is a transition in progress."""
    return transition is not None and not transition.is_over


def is_leaving(attachment: object) -> bool:
    """Whether a volume's attachment is being taken off (or is off); never without our patches, as in some tests."""
    return getattr(attachment, "_going", None) is not None
