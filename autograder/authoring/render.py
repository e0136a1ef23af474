"""What a build makes of a stage's source, checked, before any of it is written."""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from autograder import checks
from autograder.authoring import student
from autograder.authoring.archive import pack
from autograder.authoring.assign import assign
from autograder.authoring.catalogue import dump_catalogue, read_catalogue
from autograder.authoring.compose import all_names, defined_names
from autograder.authoring.errors import AuthoringError
from autograder.authoring.leak import find_leaks
from autograder.authoring.lint import lint
from autograder.authoring.master import Master, read_master
from autograder.authoring.notebooks import dump
from autograder.authoring.reference import check_uses, render_reference, verify_module
from autograder.authoring.testfile import render_tests, verify_tests
from autograder.course import StageConfig, load_course
from autograder.grading.stage import Case, Question, Stage

__all__ = ["Rendered", "render_stage", "shipped_tables"]

PACKAGES = {"sklearn": "scikit-learn", "PIL": "pillow"}
"""Modules whose package has another name."""


@dataclass(frozen=True)
class Rendered:
    """Everything built from a stage's source, before any of it is written or executed."""

    master: Master
    pair: student.Pair
    stage: Stage
    dist: Mapping[str, bytes]

    @property
    def starter(self) -> bytes:
        """The student notebook's bytes."""
        return dump(self.pair.starter)


def render_stage(root: Path, stage_id: str) -> Rendered:
    """Return all that is built from a stage's source, checked and free of leaks.

    Raises
    ------
    AuthoringError
        When the source cannot be built or something would leak.
    """
    course = load_course(root)
    config = course.stages.get(stage_id)
    folder = root / "solutions" / stage_id
    if config is None:
        raise AuthoringError(
            f"course.toml has no stage {stage_id}",
            str(root / "course.toml"),
            f"Add a table [stages.{stage_id}].",
        )
    master = read_master(folder / "notebook.py")
    lint(master)
    modules = {"checks.py": inspect.getsource(checks).encode()}
    if (folder / "probes.py").is_file():
        modules["probes.py"] = (folder / "probes.py").read_bytes()
    setup, last = student.setup_cell(root), student.last_cell(stage_id)
    assigned = assign(master, stage_id, setup, last, _requirements(root, config))
    pair = student.pair(master, stage_id, assigned)
    if found := find_leaks(master, pair.starter, shipped_tables(root, config)):
        raise AuthoringError(
            "the student's notebook gives something away:\n  " + "\n  ".join(found),
            str(master.path),
            "Mend the marks around the solution, or choose other values for the hidden tests.",
        )
    modules["reference.py"] = render_reference(pair.key, stage_id).encode()
    texts = {name[:-3]: data.decode() for name, data in modules.items()}
    check_uses(master, texts)
    for name in texts:
        verify_module(name, modules, folder / "notebook.py")
    tests = {f"tests/{q.name}.py": render_tests(stage_id, q).encode() for q in master.questions}
    for question in master.questions:
        verify_tests(question, tests[f"tests/{question.name}.py"].decode())
    catalogue = read_catalogue(folder, defined_names(pair.key), all_names(pair.key))
    told = {"catalogue.json": dump_catalogue(catalogue, pair.key)}
    graded = {**tests, **modules, **told}
    stage = _stage(stage_id, config, master, graded, course.course.feedback)
    attached = {f"files/{name}": data for name, data in modules.items()}
    dist = {
        **tests,
        **modules,
        "stage.json": msgspec.json.format(msgspec.json.encode(stage), indent=1) + b"\n",
        "key.ipynb": dump(pair.key),
        **told,
        f"{stage_id}.zip": pack({**assigned.zip_files, **tests, **attached}),
    }
    return Rendered(master, pair, stage, dist)


def _stage(
    stage_id: str,
    config: StageConfig,
    master: Master,
    graded: Mapping[str, bytes],
    feedback: Literal["none", "advice", "full"],
) -> Stage:
    """Return the stage as grading sees it, its version taken from all that can change a result."""
    limits = config.limits.limits()
    digest = hashlib.sha256(msgspec.json.encode([limits, config.imports, feedback]))
    for name in sorted(graded):
        digest.update(f"\0{name}\0{len(graded[name])}\0".encode())
        digest.update(graded[name])
    return Stage(
        id=stage_id,
        title=config.title,
        version=digest.hexdigest(),
        imports=config.imports,
        limits=limits,
        feedback=feedback,
        questions=tuple(
            Question(
                name=question.name,
                title=question.title,
                points=question.points,
                cases=tuple(Case(c.name, c.hidden, c.points) for c in question.cases),
                several_answers=question.several_answers,
                extra=question.extra,
            )
            for question in master.questions
        ),
    )


def _requirements(root: Path, config: StageConfig) -> list[str]:
    """Return the packages that the stage imports, pinned where constraints.txt pins them."""
    pins: dict[str, str] = {}
    if (root / "constraints.txt").is_file():
        text = (root / "constraints.txt").read_text(encoding="utf-8")
        pins = dict(re.findall(r"^([\w.-]+)\s*==\s*([^\s;#]+)", text, re.M))
    names = {name.split(".")[0] for name in config.imports} - set(sys.stdlib_module_names)
    packages = sorted(PACKAGES.get(name, name) for name in names)
    return [f"{name}=={pins[name]}" if name in pins else name for name in packages]


def shipped_tables(root: Path, config: StageConfig) -> list[str]:
    """Return the text of the stage's shipped tables."""
    return [(root / "datasets" / name).read_text(encoding="utf-8") for name in config.datasets]
