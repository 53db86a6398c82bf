"""Waiting where work is graded: it costs next to nothing, and the clocks and the cloud go on as if it had been done."""

import pytest
from step_runs import graded

from drycloud.cloud import clock
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.state import states
from drycloud.limits import Limits
from drycloud.sandbox import Guest, Job, Zygote, pauses
from drycloud.sandbox.policy import SLEEP

LIMITS = Limits()


@pytest.fixture(scope="module")
def zygote():
    with Zygote(Guest()) as one:
        yield one


def run(zygote, *cells, limits=LIMITS):
    with zygote.spawn(limits) as sandbox:
        return sandbox.run(Job(cells=list(cells), limits=limits, commands=[SLEEP]))


CLOCKS = "import time\nbegun = [time.time(), time.monotonic(), time.perf_counter(), time.time_ns() / 1e9]\n"
PASSED = "\nnow = [time.time(), time.monotonic(), time.perf_counter(), time.time_ns() / 1e9]\n"
PASSED += "passed = [b - a for a, b in zip(begun, now)]\ndel begun, now"
WAITS = {
    "time.sleep(60)": 60,
    "from time import sleep\nsleep(59.5)\nsleep(0.5)": 60,
    "for _ in range(30): time.sleep(2)": 60,
    "import asyncio\nawait asyncio.sleep(60)": 60,
    "import asyncio\nawait asyncio.gather(*[asyncio.sleep(n) for n in (10, 60, 30)])": 60,
    "!sleep 60": 60,
    "!sleep 1m 0.5s .5; /usr/bin/env sleep 4": 65,
    "import subprocess\nsubprocess.run(['sleep', '30'], check=True)\nimport os\nos.system('sleep 30')": 60,
}


@pytest.mark.parametrize(("wait", "seconds"), WAITS.items())
def test_a_wait_is_short_and_the_clocks_go_on(zygote, wait, seconds):
    """Each way to wait: most of it is not waited, and the clocks of `time` tell all of it, once."""
    outcome = run(zygote, CLOCKS + wait + PASSED)
    assert outcome.outcome == "finished", outcome.stderr
    passed = [float(each) for each in outcome.answers.partition("[")[2].partition("]")[0].split(",")]
    assert len(passed) == 4
    assert all(seconds <= each <= seconds + outcome.seconds for each in passed)
    assert seconds / 2 <= outcome.slept <= seconds


def test_waits_at_the_same_time_count_once(zygote):
    """Thirty threads that wait are not thirty waits, even if some begin when others have ended."""
    wait = (
        "from concurrent.futures import ThreadPoolExecutor as T\n"
        "with T(30) as pool: list(pool.map(time.sleep, [60] * 30))"
    )
    assert 30 <= run(zygote, CLOCKS + wait).slept <= 30 * 60 / 2


def test_waits_keep_their_order(monkeypatch):
    """Who waits longer wakes up later."""
    taken: list[float] = []
    monkeypatch.setattr(pauses, "_shared", None)
    monkeypatch.setattr(pauses, "_sleep", taken.append)
    pauses.share()
    for seconds in (0.001, 0.01, 1, 10, 20, 600, 1000):
        pauses.sleep(seconds)
    assert taken == sorted(taken)
    assert taken[-4:] == [0.1, 0.2, 6, 10]


REFUSED = """
import time
said = []
for wrong in (-1, 'x', None, float('nan')):
    try:
        time.sleep(wrong)
    except (ValueError, TypeError) as error:
        said.append(type(error).__name__)
!sleep x; echo $?; sleep; echo $?
"""


def test_what_is_no_time_is_refused_as_ever(zygote):
    """Negative times, words, and what the program `sleep` cannot read."""
    outcome = run(zygote, REFUSED)
    assert outcome.answers == '{"said": ["ValueError", "TypeError", "TypeError", "ValueError"]}'
    assert [line for line in (outcome.stdout + outcome.stderr).splitlines() if line == "1"] == ["1", "1"]


@pytest.mark.parametrize(
    "wait", ["import time\nwhile True: time.sleep(60)", "import time\ntime.sleep(1e9)", "!sleep inf"]
)
def test_who_waits_for_ever_is_stopped(zygote, wait):
    """There is a limit for waits, and the one for time by the clock holds."""
    outcome = run(zygote, wait, limits=Limits(wait_seconds=300))
    assert (outcome.outcome, outcome.message) == ("timed_out", "Your code waited for more than 300 seconds.")
    outcome = run(zygote, wait, limits=Limits(wall_seconds=1, wait_seconds=1e10))
    assert (outcome.outcome, outcome.message) == ("timed_out", "Your code was stopped after 1 seconds.")


LAUNCH = """
import time
import boto3
ec2 = boto3.client("ec2")
tags = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}]
answer = ec2.run_instances(ImageId=given.image_id, InstanceType=given.instance_type, KeyName=given.key_name,
                           MinCount=1, MaxCount=1, TagSpecifications=tags)
instance_id = answer["Instances"][0]["InstanceId"]
"""
BY_CLI = """
%%bash
sleep 60
aws ec2 describe-instances --instance-ids $(cat id.txt) --query 'Reservations[0].Instances[0].State.Name' > state.txt
"""


def test_a_minute_after_a_launch_the_machine_runs(tmp_path):
    """`time.sleep(60)`, the usual beginner's way, is as good as a waiter, and the trail tells the minute."""
    with graded(tmp_path, "02_ec2/launch", limits=Limits(state_seconds=50)) as grade:
        report = grade(LAUNCH + "time.sleep(60)\nprint(ec2.describe_instances(InstanceIds=[instance_id]))")
        assert report.trail[-1].at - report.trail[-2].at >= 60
        assert "'Name': 'running'" in report.run.stdout


def test_the_cloud_goes_on_while_the_shell_waits(tmp_path):
    """The shell's sleep, and then the AWS CLI: the machine that was pending for half a minute runs."""
    with graded(tmp_path, "02_ec2/launch", limits=Limits(state_seconds=30)) as grade:
        text = f"# %%\n{LAUNCH}open('id.txt', 'w').write(instance_id)\n# %% language=\"bash\"\n"
        text += (
            "\n".join(f"# {line}" for line in BY_CLI.strip().splitlines()[1:])
            + "\n# %%\nprint(open('state.txt').read())"
        )
        report = grade(text)
        assert "running" in report.run.stdout, report.run


class Machine:
    """Stands in for `time`: it goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.mark.parametrize("gap", [0.0, 0.002, 1.5])
@pytest.mark.parametrize("call", [0.0, 0.002, 40.0])
def test_states_go_by_what_a_run_does(monkeypatch, call, gap):
    """By waits, by calls that each take as long on any machine, and by times in which nothing is asked."""
    machine = Machine()
    monkeypatch.setattr(clock, "time", machine)
    monkeypatch.setattr(states, "TRANSITION_SECONDS", 1.0)
    made = states.TimedState()
    clock.start(by_calls=True)
    assert not made.is_new, "what the scene made was made long ago"

    def calls(gap: float, told: str = "0") -> int:
        change = states.Transition()
        for number in range(200):
            if change.is_over:
                return number
            machine.now += gap
            clock.hear({"HTTP_X_DRYCLOUD_SLEPT": told})
            machine.now += call
            clock.answered()
        return 200

    assert 99 <= calls(gap) <= 101
    assert calls(gap, told="60") == 1
    assert calls(gap=2.5, told="60") == 1
    clock.start()


def test_a_slow_call_is_no_wait(monkeypatch):
    """However long the cloud takes for an answer: for the states it is one call."""
    machine, cloud = Machine(), Cloud(["ec2"])
    monkeypatch.setattr(clock, "time", machine)

    def slowly(environ):
        clock.hear(environ)
        machine.now += 40
        return "200 OK", [], b""

    monkeypatch.setattr(cloud, "_answer", slowly)
    cloud.start_clock(by_calls=True)
    began = clock.of_states()
    for _ in range(3):
        cloud.answer({})
    assert clock.of_states() - began == pytest.approx(0.03)
    clock.start()


def test_the_clock_takes_what_is_a_number_and_never_goes_back():
    """Whatever a request tells, the cloud's clock goes on."""
    clock.start()
    for told in ("60", "x", "-5", "nan", "inf", "1e5", "9" * 400, "30", "", "²"):
        clock.hear({"HTTP_X_DRYCLOUD_SLEPT": told})
        clock.advance(-1)
    assert 0 <= clock._ahead <= 1e9
    clock.start()
    environ = {"HTTP_X_DRYCLOUD_SLEPT": "60.5"}
    clock.hear(environ)
    assert (environ, clock._ahead) == ({}, 60.5)
    clock.start()
