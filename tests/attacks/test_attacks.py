"""No attack gains a point, touches anything outside, outlives its notebook or changes another's.

``attack.toml`` holds what must come of each one; this file holds what must come of all.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from suite import COUNTS, HERE, ROOT, USER, WAYS, Attack, attacks, reachable, read_only, wanted
from vault import write_vault

ATTACKS = {attack.id: attack for attack in attacks()}
CLASSES = (
    "forge", "reach", "outside", "disturb", "exhaust", "outlive", "protocol", "evade", "inputs"
)  # fmt: skip


def prepare(folder: Path, stack: ExitStack) -> list[int]:
    """Lay out what attacks look for; return the descriptors that a careless caller leaves open."""
    folder.chmod(0o755)
    home, marks = folder / "home", folder / "marks"
    for place in (home, marks):
        place.mkdir()
        place.chmod(0o777)
    (folder / "secret.txt").write_text("the host's secret")
    stage = write_vault(folder / "vault")
    listener = stack.enter_context(socket.socket(socket.AF_UNIX))
    listener.bind(str(home / "listener"))
    abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
    abstract.bind("\0autograder-attacks-" + folder.name)
    port = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    for sock in (listener, abstract):
        sock.listen()
    places = {
        "stage": str(stage),
        "secret": str(folder / "secret.txt"),
        "repository": str(ROOT),
        "home": str(home),
        "marks": str(marks),
        "python": sys.base_prefix,
        "canary": "canary-4711",
        "listener": str(home / "listener"),
        "abstract": "autograder-attacks-" + folder.name,
        "port": port.getsockname()[1],
    }
    (folder / "places.json").write_text(json.dumps(places))
    return [listener.fileno()]


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Any]]]:
    """Return every way's run under way, two at a time."""
    cases = [getattr(item, "callspec", None) for item in request.session.items]
    asked = [case.params for case in cases if case and "graded" in case.params]
    names = sorted({params["name"] for params in asked if "name" in params} & set(ATTACKS))
    ways = dict.fromkeys(params["graded"] for params in asked)
    with ThreadPoolExecutor(2) as pool:
        yield {way: pool.submit(run_way, way, names) for way in ways if possible(way)}


def possible(way: str) -> bool:
    return os.getuid() == 0 or not way.endswith("as root")


def run_way(way: str, names: list[str]) -> dict[str, Any]:
    """Grade these attacks one after the other by one worker, honest work in between."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attacks-")))
        descriptors = prepare(folder, stack)
        environment = {
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": str(folder / "home"),
            "AUTOGRADER_CANARY": "canary-4711",
            "PYTHONPATH": f"{ROOT}:{HERE.parent / 'grading'}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        prefix: list[str] = []
        if way.endswith("a user"):
            folder.chmod(0o777)
            prefix = reachable(USER)
        elif WAYS[way] == "uid":
            prefix = reachable()
        elif WAYS[way] == "none":
            prefix = read_only(folder)
        run = subprocess.run(
            [*prefix, sys.executable, str(HERE / "run.py"), str(folder), WAYS[way], *names],
            env=environment,
            capture_output=True,
            text=True,
            timeout=1200,
            pass_fds=descriptors,
        )
        assert run.returncode == 0, run.stderr[-4000:]
        return dict(json.loads(run.stdout))


@pytest.fixture(scope="session", params=WAYS)
def graded(request: pytest.FixtureRequest, runs: dict[str, Future[Any]]) -> Any:
    """Return what came of every attack under one driver."""
    way = request.param
    if not possible(way):
        pytest.skip("these tests run as an ordinary user")
    done = runs[way].result()
    outcomes = {outcome["attack"]: outcome for outcome in done["outcomes"]}
    COUNTS[way] = {
        "tried": len(outcomes),
        "points": sum(gained(ATTACKS[name], one) for name, one in outcomes.items()),
        "processes": sum(outcome["processes"] for outcome in outcomes.values()),
        "files": sum(len(outcome["files"]) for outcome in outcomes.values()),
    }
    return SimpleNamespace(
        way=way,
        driver=WAYS[way],
        uid=done["uid"],
        outcomes=outcomes,
        neighbours=done["neighbours"],
    )


def gained(attack: Attack, outcome: dict[str, Any]) -> float:
    """Return the points that the attack has beyond what the honest part of its notebook earns."""
    if attack.makes_files:
        return 0
    return max(sum(result["score"] for result in outcome["results"]) - 1, 0)


def outcome_of(graded: Any, name: str) -> tuple[Attack, dict[str, Any]]:
    if not wanted(ATTACKS[name], graded.driver):
        pytest.skip("needs walls")
    return ATTACKS[name].under(graded.driver), graded.outcomes[name]


def test_each_class_has_at_least_three() -> None:
    kinds = [attack.kind for attack in ATTACKS.values()]
    assert {kind for kind in kinds if kinds.count(kind) >= 3} == set(CLASSES)


def test_who_grades(graded: Any) -> None:
    expected = {"bwrap": os.getuid(), "bwrap-each": USER, "uid": 0, "none": USER}
    user = os.getuid() or USER
    assert graded.uid == (user if graded.way.endswith("a user") else expected[graded.driver])


@pytest.mark.parametrize("name", [n for n, attack in ATTACKS.items() if not attack.makes_files])
def test_an_attack_gains_nothing(graded: Any, name: str) -> None:
    attack, outcome = outcome_of(graded, name)
    [result] = outcome["results"]
    cases = [
        (q["name"], case)
        for q in result["questions"]
        if q["name"] not in ("honest", "walls")
        for case in q["cases"]
    ]
    # A case that only wants something to be raised is content with anything, and has no points.
    passed = {f"{q}: {case['name']}" for q, case in cases if case["passed"] and case["points"]}
    assert passed == set()
    assert result["score"] == attack.score, result["message"]
    wanted_status = [attack.status] if isinstance(attack.status, str) else attack.status
    assert result["status"] in wanted_status, result["message"]


@pytest.mark.parametrize("name", [n for n, attack in ATTACKS.items() if attack.reports])
def test_an_attack_finds_nothing(graded: Any, name: str) -> None:
    attack, outcome = outcome_of(graded, name)
    if not attack.reports:
        pytest.skip("it is stopped before it could report")
    [result] = outcome["results"]
    [walls] = [q for q in result["questions"] if q["name"] == "walls"]
    assert [case["message"] for case in walls["cases"]] == [""], result["message"]


@pytest.mark.parametrize("name", [n for n, attack in ATTACKS.items() if attack.makes_files])
def test_a_file_is_graded_or_refused(graded: Any, name: str) -> None:
    attack, outcome = outcome_of(graded, name)
    found = {}
    for result in outcome["results"]:
        file = result["submission"].partition(f"{attack.kind}-{attack.name}/")[2]
        found[file] = result["status"]
        honest = file.rpartition("/")[2].startswith("honest")
        assert result["score"] == (result["possible"] if honest else 0)
    assert found == dict(attack.files)
    assert sorted(outcome["ignored"]) == sorted(attack.ignored)
    assert attack.refused in outcome["refused"]
    assert bool(attack.refused) == bool(outcome["refused"])


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_and_leaves_nothing(graded: Any, name: str) -> None:
    _, outcome = outcome_of(graded, name)
    assert outcome["files"] == []
    assert outcome["processes"] == 0
    assert outcome["seconds"] <= outcome["allowed"]


@pytest.mark.parametrize("name", ATTACKS)
def test_a_student_reads_nothing_hidden(graded: Any, name: str) -> None:
    _, outcome = outcome_of(graded, name)
    for result in outcome["results"]:
        said = [c["feedback"] for q in result["questions"] for c in q["cases"]]
        for text in [*said, result["message"]]:
            assert "sesame" not in text
            assert "reference." not in text
            assert "WHISPER" not in text
            assert "3141" not in text
            assert len(text) < 2000


def test_honest_neighbours_keep_their_grade(graded: Any) -> None:
    names = ("score", "possible", "status", "message", "questions")
    honest = [{name: result[name] for name in names} for result in graded.neighbours]
    assert honest[0]["score"] == honest[0]["possible"] > 30
    assert honest[0]["status"] == "graded"
    assert len(honest) == len(graded.outcomes) + 1
    for number, result in enumerate(honest):
        assert result == honest[0], f"after {[*graded.outcomes][number - 1]}"
