"""The public part of a stage, read back from the notebook that students get.

So `autograder validate` needs neither solutions/ nor dist/: whoever has the assignments has all
that it runs.
"""

from __future__ import annotations

import ast
from pathlib import Path

import msgspec

from autograder.authoring.master import Question as MasterQuestion
from autograder.authoring.notebooks import read_student_notebook
from autograder.authoring.source import free_names, lines_of, parse
from autograder.authoring.testcase import TestCase
from autograder.authoring.testfile import render_tests
from autograder.course import load_course
from autograder.grading.stage import Case, Question, Stage

__all__ = ["write_public_stage"]


def write_public_stage(root: Path, stage_id: str, folder: Path) -> Stage:
    """Write a stage with the public tests of assignments/<stage> to folder, and return it.

    What is returned lists the hidden cases too, so that they can be counted; what is written does
    not, because there is nothing to run for them.

    Raises
    ------
    AuthoringError
        When the student notebook is not there.
    """
    config = load_course(root).stages[stage_id]
    path, notebook = read_student_notebook(root, stage_id)
    (folder / "tests").mkdir(parents=True)
    questions = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and (found := _checked(cell.source)):
            name, hidden = found
            cases = [_case(node, cell.source, str(path)) for node in _functions(cell.source)]
            tests = render_tests(stage_id, MasterQuestion(name, 0, name, cases))
            (folder / "tests" / f"{name}.py").write_text(tests, encoding="utf-8")
            listed = tuple(Case(case.name, False, case.points) for case in cases)
            question = Question(name, name, float(len(cases)), listed)
            questions.append((question, hidden))
    (folder / "reference.py").write_text("")
    stage = Stage(
        id=stage_id,
        title=config.title,
        version="public",
        imports=config.imports,
        limits=config.limits.limits(),
        questions=tuple(question for question, _ in questions),
    )
    (folder / "stage.json").write_bytes(msgspec.json.encode(stage))
    counted = tuple(_with_hidden(question, hidden) for question, hidden in questions)
    return msgspec.structs.replace(stage, questions=counted)


def _with_hidden(question: Question, hidden: int) -> Question:
    """Return the question with its hidden cases listed."""
    unseen = tuple(Case(f"hidden {number + 1}", True, 0.0) for number in range(hidden))
    return msgspec.structs.replace(question, cases=question.cases + unseen)


def _functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in parse(source).body if isinstance(node, ast.FunctionDef)]


def _checked(source: str) -> tuple[str, int] | None:
    """Return the question that a cell checks and how many hidden cases it has."""
    if "grader.check(" not in source:
        return None
    for node in parse(source).body:
        match node:
            case ast.Expr(
                ast.Call(
                    ast.Attribute(ast.Name("grader"), "check"),
                    [ast.Constant(str(name)), *_],
                    keywords,
                )
            ):
                return name, _hidden(keywords)
    return None


def _hidden(keywords: list[ast.keyword]) -> int:
    """Return the number after ``hidden=``, 0 when there is none."""
    for keyword in keywords:
        match keyword:
            case ast.keyword("hidden", ast.Constant(int(number))):
                return number
    return 0


def _case(node: ast.FunctionDef, source: str, where: str) -> TestCase:
    first, last = lines_of(node)
    text = "\n".join(source.splitlines()[first - 1 : last])
    return TestCase(
        function=node.name,
        name=(ast.get_docstring(node) or node.name).strip().splitlines()[0].strip(),
        points=1.0,
        hidden=False,
        parameters=tuple(one.arg for one in node.args.args),
        source=text,
        free=frozenset(free_names(text)),
        where=where,
    )
