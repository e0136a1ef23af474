"""Which walls are chosen, on machines of many kinds; the last ones are made here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import SandboxUnavailable, TemplateError, choose, describe, users
from autograder.student import landlock

ATTACKS = Path(__file__).parent.parent / "attacks"
sys.path.insert(0, str(ATTACKS))

from suite import ROOT, USER, reachable  # noqa: E402

module = sys.modules["autograder.sandbox.choose"]


class FakeTemplate:
    """Starts under some drivers only."""

    works: tuple[str, ...] = ()

    def __init__(self, driver: str, *_: object, **__: object) -> None:
        if driver not in self.works:
            raise TemplateError(f"{driver} was forbidden")

    def close(self) -> None:
        pass


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> object:
    """Return what makes this machine one where only some drivers work."""

    def make(*works: str, root: bool = True, bwrap: bool = True, version: int = 5) -> None:
        fake = type("Fake", (FakeTemplate,), {"works": works})
        monkeypatch.setattr(module, "Template", fake)
        monkeypatch.setattr(module.os, "getuid", lambda: 0 if root else 1000)
        monkeypatch.setattr(module.shutil, "which", lambda _: "/usr/bin/bwrap" if bwrap else None)
        monkeypatch.setattr(landlock, "version", lambda: version)

    return make


@pytest.mark.parametrize(
    ("works", "driver"),
    [
        (("bwrap", "bwrap-each", "uid"), "bwrap"),
        (("bwrap-each", "uid"), "bwrap-each"),
        (("uid",), "uid"),
    ],
)
def test_auto_takes_the_strongest_that_works(machine, works, driver):
    machine(*works)
    assert choose("auto") == driver
    assert describe(driver)


def test_what_is_asked_for_is_what_is_taken(machine):
    machine("bwrap", "bwrap-each", "uid")
    assert choose("uid") == "uid"
    assert choose("none") == "none"
    machine("uid")
    with pytest.raises(SandboxUnavailable, match=r"bwrap was forbidden.*bwrap-each was forbidden"):
        choose("bwrap")


def test_without_any_grading_is_refused(machine):
    machine()
    with pytest.raises(SandboxUnavailable) as refused:
        choose("auto")
    assert "--sandbox none" in str(refused.value)
    for driver in ("bwrap", "bwrap-each", "uid"):
        assert f"{driver} was forbidden" in str(refused.value)


def test_the_refusal_says_what_to_install(machine):
    machine(root=False, bwrap=False)
    with pytest.raises(SandboxUnavailable) as refused:
        choose("auto")
    assert "bubblewrap is not installed" in str(refused.value)
    assert "apt-get install bubblewrap" in str(refused.value)
    assert "takes root" in str(refused.value)


def test_a_user_alone_is_not_enough(machine):
    machine("uid", version=0)
    with pytest.raises(SandboxUnavailable, match="Landlock"):
        choose("uid")


def test_an_unknown_name(machine):
    with pytest.raises(SandboxUnavailable, match="auto, bwrap, uid, none"):
        choose("docker")


def test_no_two_templates_have_one_user():
    first, second = users.User(), users.User()
    assert first.uid != second.uid
    first.release()
    third = users.User()
    assert third.uid == first.uid
    second.release()
    third.release()


# A machine on which bubblewrap works and nothing can be nested in it: two user namespaces are
# what it takes for itself. Those of a template that ended are counted until the kernel is done.
NO_NESTING = """
import sys, time
from autograder.sandbox import choose
module = sys.modules["autograder.sandbox.choose"]
why_not = module._why_not
def patient(driver):
    for _ in range(50):
        why = why_not(driver)
        if "bwrap: Creating new namespace failed" not in why:
            break
        time.sleep(0.1)
    return why
module._why_not = patient
print(choose("auto"))
"""
LIMIT = "echo 2 > /proc/sys/user/max_user_namespaces"
DROP = "exec setpriv --ambient-caps -all --inh-caps -all"


def test_where_nothing_can_be_nested_each_submission_has_a_bubblewrap():
    if os.getuid() != 0:
        pytest.skip("takes root, to make such a machine")
    command = [
        *reachable(USER), "/usr/bin/env", "bwrap", "--dev-bind", "/", "/", "--unshare-user",
        "--cap-add", "ALL", "--", "sh", "-c", f'{LIMIT} && {DROP} "$@"', "sh",
        sys.executable, "-c", NO_NESTING,
    ]  # fmt: skip
    run = subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/tmp"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.stdout.strip() == "bwrap-each", run.stderr[-2000:]
