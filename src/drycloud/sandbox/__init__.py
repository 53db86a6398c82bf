"""Running untrusted cells: isolated by bubblewrap, with limits, and all its processes killed afterwards."""

from drycloud.sandbox.box import Launcher, Sandbox, Zygote, raise_limits
from drycloud.sandbox.channel import SandboxLost
from drycloud.sandbox.messages import Job, Outcome, SandboxFile
from drycloud.sandbox.policy import Guest

__all__ = ["Guest", "Job", "Launcher", "Outcome", "Sandbox", "SandboxFile", "SandboxLost", "Zygote", "raise_limits"]
