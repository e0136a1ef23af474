"""Feedback pages: what a student reads about a submission, one Markdown file each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.grading.results import CaseResult, QuestionResult, SubmissionResult
from autograder.grading.stage import Stage
from autograder.report.text import count, file_names, markdown, number

_HAPPENED = {
    "unreadable": (
        "Your file could not be read as a notebook, so none of your answers could be graded. "
        "Hand in the .ipynb file that you worked in."
    ),
    "timeout": (
        "Part of your notebook ran longer than it may and was stopped. What your other questions "
        "earned still counts. Look for a loop that does not end."
    ),
    "memory": (
        "Part of your notebook needed more memory than it may and was stopped. What your other "
        "questions earned still counts. Look for an array that grows, or a shape with one number "
        "too many."
    ),
    "disk": (
        "Part of your notebook wrote more to disk than it may and was stopped. What your other "
        "questions earned still counts. Look for a loop that writes files."
    ),
    "crashed": (
        "Part of your notebook ended the Python process that ran it. What your other questions "
        "earned still counts. Look for a call such as exit(), or for very deep recursion."
    ),
}


def write_feedback(
    folder: Path, stage: Stage, results: Sequence[SubmissionResult], instead: Mapping[str, str]
) -> list[Path]:
    """Write a page for each result into ``folder``, which is made; return their paths.

    The page of the submission that counts is ``<student>.md``; a second one's is
    ``<student>.2.md``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = file_names(result.student for result in results)
    pages: dict[str, int] = {}
    written = []
    for result in sorted(results, key=lambda one: (one.submission in instead, one.submission)):
        number_of_page = pages[result.student] = pages.get(result.student, 0) + 1
        suffix = ".md" if number_of_page == 1 else f".{number_of_page}.md"
        path = folder / f"{names[result.student]}{suffix}"
        text = feedback_page(stage, result, counts=result.submission not in instead)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return sorted(written)


def feedback_page(stage: Stage, result: SubmissionResult, *, counts: bool = True) -> str:
    """Return the page for one submission, in Markdown.

    Of a hidden case it shows what was composed for the student and nothing else: neither its name
    nor, unless the course says feedback = "full", the instructor's message.
    """
    titles = {
        question.name: _heading(question.name, question.title) for question in stage.questions
    }
    lines = [
        f"# {markdown(stage.title)}",
        "",
        f"**{number(result.score)} of {number(result.possible)} points**{_extra(result)} for "
        f"{markdown(result.student)}.{_next_step(result, titles)}",
    ]
    if not counts:
        lines += ["", "You handed in more than one file; this is not the one that counts."]
    if result.status != "graded":
        lines += ["", _HAPPENED[result.status]]
        if result.message:
            lines += [
                "",
                *(f"> {markdown(line)}  " for line in result.message.splitlines() if line),
            ]
    # Of a file that was not read there is nothing to say question by question.
    questions = result.questions if result.status != "unreadable" else ()
    if questions:
        lines += ["", "| Question | Points |", "| :-- | --: |"]
        lines += [
            f"| {titles.get(one.name, markdown(one.name))} | {number(one.score)} of {_top(one)} |"
            for one in questions
        ]
    for question in questions:
        lines += ["", *_question(titles.get(question.name, markdown(question.name)), question)]
    lines += ["", f"*Graded from {markdown(result.submission.rpartition('/')[2])}.*", ""]
    return "\n".join(lines)


def tally(question: QuestionResult) -> str:
    """Return what passed, in a sentence that keeps public and hidden checks apart."""
    public = [case.passed for case in question.cases if not case.hidden]
    hidden = [case.passed for case in question.cases if case.hidden]
    if not public and not hidden:
        return "Nothing could be checked."
    if all(public) and all(hidden):
        kinds = [f"{count(len(public), 'public check')}"] if public else []
        kinds += [f"{count(len(hidden), 'hidden one')}"] if hidden else []
        return f"Everything passed: {' and '.join(kinds)}."
    parts = []
    if public:
        some = f"{sum(public)} of {count(len(public), 'public check')}"
        parts.append(f"{count(len(public), 'public check') if all(public) else some} passed")
    if hidden:
        thing = count(len(hidden), "hidden one" if public else "hidden check")
        many = f": {sum(hidden) or 'none'} passed"
        one = " passed" if all(hidden) else " did not pass"
        parts.append(thing + (one if len(hidden) == 1 else many))
    return "; ".join(parts) + "."


def _question(title: str, question: QuestionResult) -> list[str]:
    lines = [
        f"## {title} ({number(question.score)} of {_top(question)})",
        "",
        tally(question),
    ]
    # Only what a case tells the student anyway: a course may keep advice on hidden cases back.
    advice = list(
        dict.fromkeys(
            case.diagnosis.advice
            for case in question.cases
            if case.diagnosis and case.diagnosis.advice in case.feedback
        )
    )
    if advice:
        lines += ["", *(f"**Look at this first.** {markdown(one)}  " for one in advice)]
    bullets = [line for case in question.cases if not case.hidden for line in _public(case, advice)]
    hidden = [_said(case, advice) for case in question.cases if case.hidden and not case.passed]
    for sentence in dict.fromkeys(hidden):
        times = hidden.count(sentence)
        who = "A hidden check" if times == 1 else f"{times} hidden checks"
        bullets.append(f"- {who} did not pass{': ' + markdown(sentence) if sentence else '.'}")
    return lines + (["", *bullets] if bullets else [])


def _public(case: CaseResult, advice: list[str]) -> list[str]:
    if case.passed:
        return [f"- Passed: {markdown(case.name)}"]
    said = _said(case, advice)
    line = f"- **Not yet:** {markdown(case.name)}"
    return [line + "  ", f"  {markdown(said)}"] if said else [line]


def _said(case: CaseResult, advice: list[str]) -> str:
    """Return the case's feedback without the advice, which stands above already."""
    text = case.feedback
    for one in advice:
        text = text.replace(one, "")
    return text.strip()


def _heading(name: str, title: str) -> str:
    """Return "Question 1: a threshold unit", as the notebook's own heading says it."""
    if not title or title.lower().startswith("question"):
        return markdown(title or name)
    numbered = re.fullmatch(r"q(\d+\w*)", name)
    return f"{f'Question {numbered[1]}' if numbered else markdown(name)}: {markdown(title)}"


def _top(question: QuestionResult) -> str:
    """Return what a question is worth."""
    return f"{number(question.possible)}{' extra' if question.extra else ''}"


def _extra(result: SubmissionResult) -> str:
    """Return how many of the points came on top, where some did."""
    extra = sum(one.score for one in result.questions if one.extra)
    return f", {number(extra)} of them extra," if extra else ""


def _next_step(result: SubmissionResult, titles: Mapping[str, str]) -> str:
    if not result.questions or result.status == "unreadable":
        return ""
    # What is required comes first.
    left = sorted((one for one in result.questions if not one.full), key=lambda one: one.extra)
    if not left:
        return " Everything is right. Well done."
    first = left[0]
    title = titles.get(first.name, markdown(first.name)).rstrip(".")
    if first.extra:
        return f" All that is required is right. Well done. For extra points: {title}."
    full = len(result.questions) - len(left)
    if not full:
        return f" A good place to start: {title}."
    return f" {full} of {count(len(result.questions), 'question')} complete. Go on with {title}."
