"""docs/quality.md: a card per stage with what the check measured."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from autograder.proof.findings import QuestionFinding, StageFinding

PLACE = Path("docs") / "quality.md"
_HEAD = """\
# How good the tests are

`autograder check` measures this and writes it; nobody edits it by hand. A check fails when a
figure falls.

- **key, starter**: points that the solution key and the untouched notebook earn.
- **mistakes**: catalogued wrong answers that lose marks, in no other question, and are named as
  what they are.
- **alternatives**: right answers written another way that earn everything.
- **mutants**: machine-made changes of the key that a test notices, of all that are not equivalent
  to it (`equivalent.toml` lists those, with reasons).
- **memorizer**: points from hidden cases for who only knows what the public tests show.
- **cheats**: universal cheats (nothing, zeros, nan, the argument itself ...) that earn something.
- **seeds**: with how many of 20 other sets of random numbers the key passes.
"""
_FIGURES = re.compile(r"<!-- figures (\{.*\}) -->")


def update(root: Path, stages: Sequence[StageFinding], known: Sequence[str]) -> tuple[str, str]:
    """Return the file's text as it is and as it should be.

    Parameters
    ----------
    root : Path
        The folder of course.toml.
    stages : sequence of StageFinding
        What was checked; the cards of other stages stay.
    known : sequence of str
        The course's stages, in order.
    """
    path = root / PLACE
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    cards = _cards(old) | {stage.id: _card(stage) for stage in stages}
    return old, "\n".join([_HEAD, *(cards[name] for name in known if name in cards)])


def fallen(old: str, new: str) -> list[str]:
    """Return which figures of the old text are higher than in the new one."""
    after = {name: _figures(card) for name, card in _cards(new).items()}
    return [
        f"{name}: {figure} fell from {value:g} to {after[name].get(figure, 0):g}; if that is "
        f"meant, remove the stage's card from {PLACE} and check again"
        for name, card in _cards(old).items()
        if name in after
        for figure, value in _figures(card).items()
        if after[name].get(figure, 0) < value
    ]


def _cards(text: str) -> dict[str, str]:
    """Return the cards of the file by stage."""
    parts = re.split(r"^(?=## )", text, flags=re.M)[1:]
    return {part.split("\n", 1)[0].removeprefix("## "): part.rstrip() + "\n" for part in parts}


def _figures(card: str) -> dict[str, float]:
    found = _FIGURES.search(card)
    return json.loads(found[1]) if found else {}


def _card(stage: StageFinding) -> str:
    lines = [
        f"## {stage.id}",
        "",
        "| question | points | key | starter | mistakes | alternatives | mutants | equivalent "
        "| memorizer | cheats | seeds |",
        "| --- " * 11 + "|",
        *(_row(question) for question in stage.questions),
        "",
        *(f"- {line}" for line in _lines(stage)),
        "",
        f"<!-- figures {json.dumps(_measured(stage))} -->",
        "",
    ]
    return "\n".join(lines)


def _row(question: QuestionFinding) -> str:
    mutants = question.mutants
    memorizer = f"{question.memorizer:g}" + ("*" if question.memorizable else "")
    cells = [
        question.name,
        f"{question.points:g}",
        f"{question.key:g}",
        f"{question.starter:g}",
        f"{question.named}/{len(question.mistakes)}",
        f"{question.accepted}/{len(question.alternatives)}",
        f"{mutants.killed}/{mutants.to_kill}",
        str(mutants.equivalent),
        memorizer,
        str(len(question.cheats)),
        f"{question.seeds}/20",
    ]
    return "| " + " | ".join(cells) + " |"


def _lines(stage: StageFinding) -> list[str]:
    lines = [
        f"\\* {question.name} can be memorized: {question.memorizable}"
        for question in stage.questions
        if question.memorizable
    ]
    if stage.forced:
        lines.append(f"A key with one wrong line is reported: {stage.forced.change}.")
    replay = stage.replay
    if replay:
        lines.append(
            f"{replay.notebooks} notebooks written from the student notebook alone: "
            f"{replay.accepted} of {replay.right} right answers accepted, {replay.rejected} of "
            f"{replay.wrong} wrong ones rejected, {replay.advised} of these with the mistake named."
        )
    spilling = [
        f"{question.name}'s {mistake.id} ({', '.join(mistake.allowed)})"
        for question in stage.questions
        for mistake in question.mistakes
        if mistake.allowed
    ]
    if spilling:
        lines.append(
            f"Mistakes that spill into questions that build on theirs: {'; '.join(spilling)}."
        )
    return lines


def _measured(stage: StageFinding) -> dict[str, float]:
    """Return the figures that must not fall."""
    mutants = stage.mutants
    figures: dict[str, float] = {
        "mistakes named": sum(question.named for question in stage.questions),
        "alternatives": sum(len(question.alternatives) for question in stage.questions),
        "mutants made": mutants.made,
        "share of mutants killed": round(mutants.killed / max(1, mutants.to_kill), 4),
    }
    if stage.replay:
        figures["notebooks replayed"] = stage.replay.notebooks
        figures["right answers accepted"] = stage.replay.accepted
        figures["wrong answers rejected"] = stage.replay.rejected
        figures["wrong answers named"] = stage.replay.advised
    return figures
