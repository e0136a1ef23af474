"""course.toml: the one file that an instructor edits, read and validated."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from autograder.grading.stage import Limits

__all__ = ["Course", "CourseError", "StageConfig", "find_root", "load_course", "resolve_stage"]

STAGE_ID = re.compile(r"\d\d_[a-z0-9_]+")
DEFAULTS = Limits()


class CourseError(Exception):
    """course.toml, or a stage named by the user, cannot be used; the message says what to mend."""


def _time_zone(name: str) -> str:
    """Return name if this machine knows it as a time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("not a time zone") from None
    return name


def _module(name: str) -> str:
    """Return name if it could be imported."""
    if not all(part.isidentifier() for part in name.split(".")):
        raise ValueError("not a module name")
    return name


def _stage_id(name: str) -> str:
    """Return name if it is a stage's id."""
    if not STAGE_ID.fullmatch(name):
        raise ValueError("not a stage id")
    return name


class _Table(BaseModel):
    """A table of course.toml. Each field's description is what an error calls allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Count = Annotated[int, Field(gt=0, strict=True, description="a whole number above 0")]
Amount = Annotated[float, Field(gt=0, strict=True, description="a number above 0")]
Seconds = Annotated[
    float, Field(gt=0, le=3600, strict=True, description="seconds, above 0 and at most 3600")
]
Memory = Annotated[
    int, Field(ge=256, strict=True, description="mebibytes, a whole number of at least 256")
]
Text = Annotated[str, Field(min_length=1, description="a text in quotes")]
When = Annotated[
    datetime | date | None,
    Field(description="a date or a date with a time, such as 2026-09-14T09:00:00"),
]


class LimitsConfig(_Table):
    """What one submission may use; see ``autograder.grading.stage.Limits``."""

    cpu_seconds: Seconds = DEFAULTS.cpu_seconds
    cell_seconds: Seconds = DEFAULTS.cell_seconds
    case_seconds: Seconds = DEFAULTS.case_seconds
    wall_factor: Amount = DEFAULTS.wall_factor
    memory_mib: Memory = DEFAULTS.memory_mib
    processes: Count = DEFAULTS.processes
    output_mib: Count = DEFAULTS.output_mib
    disk_mib: Count = DEFAULTS.disk_mib

    def limits(self) -> Limits:
        """Return them as the struct that grading reads."""
        return Limits(**self.model_dump())


class StageConfig(_Table):
    """One stage. ``imports`` are the modules that its notebook may import."""

    title: Text
    weight: Amount = 1.0
    opens: When = None
    due: When = None
    imports: tuple[Annotated[str, AfterValidator(_module)], ...] = Field(
        default=("numpy",), description='module names, such as ["numpy", "matplotlib"]'
    )
    datasets: tuple[str, ...] = Field(default=(), description="names of files in datasets/")
    gpu: Literal["no", "optional"] = Field(default="no", description='"no" or "optional"')
    limits: LimitsConfig = Field(default=LimitsConfig(), description="a table")


class CourseInfo(_Table):
    """The [course] table; ``feedback`` is what students read about failed hidden tests."""

    title: Text
    term: Text
    timezone: Annotated[str, AfterValidator(_time_zone)] = Field(
        description="an IANA time zone, such as Asia/Taipei"
    )
    feedback: Literal["none", "advice", "full"] = Field(
        default="advice", description='"none", "advice" or "full"'
    )


class Course(_Table):
    """All of course.toml."""

    course: CourseInfo = Field(description="a table: title, term, timezone")
    stages: dict[Annotated[str, AfterValidator(_stage_id)], StageConfig] = Field(
        min_length=1, description="one table a stage, named like 01_logic_gates"
    )


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder, from start upward, that holds course.toml.

    Raises
    ------
    CourseError
        When there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "course.toml").is_file():
            return folder
    raise CourseError(
        f"No course here: neither {here} nor a folder above it holds course.toml. "
        "Run the command inside the course's folder."
    )


def load_course(root: Path) -> Course:
    """Read and validate ``root/course.toml``.

    Raises
    ------
    CourseError
        With one line for each key that is wrong: the key, what was found, what is allowed.
    """
    path = root / "course.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(f"{path} does not exist. Run the command inside the course.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} is not TOML: {error}. Mend that line.") from None
    try:
        course = Course.model_validate(raw)
    except ValidationError as error:
        lines = [_explain(one["type"], one["loc"], one["input"]) for one in error.errors()]
    else:
        lines = _cross_check(root, course)
        if not lines:
            return course
    listed = "\n".join(f"  {line}" for line in dict.fromkeys(lines))
    raise CourseError(f"{path} is not valid:\n{listed}\nMend these keys and run it again.")


def resolve_stage(course: Course, text: str) -> str:
    """Return the id of the stage that text names: the id itself or a prefix of only one.

    Raises
    ------
    CourseError
        When no stage, or more than one, starts with text.
    """
    if text in course.stages:
        return text
    found = [stage for stage in course.stages if text and stage.startswith(text)]
    if len(found) == 1:
        return found[0]
    if found:
        raise CourseError(
            f"{text!r} is the start of {len(found)} stages: {', '.join(found)}. Write more of it."
        )
    raise CourseError(
        f"No stage starts with {text!r}. This course has: {', '.join(course.stages)}."
    )


def _cross_check(root: Path, course: Course) -> list[str]:
    """Return what only the whole of the file, or the folder beside it, can show to be wrong."""
    lines = []
    for stage, config in course.stages.items():
        for i, name in enumerate(config.datasets):
            if not (root / "datasets" / name).is_file():
                key = _dotted(("stages", stage, "datasets", i))
                lines.append(f"{key}: found {name!r}; allowed: a file in datasets/")
        if config.opens and config.due and _naive(config.due) <= _naive(config.opens):
            key = _dotted(("stages", stage, "due"))
            lines.append(f"{key}: found {config.due}; allowed: a time after opens, {config.opens}")
    return lines


def _naive(when: datetime | date) -> datetime:
    """Return when as a time of day without zone, so that any two can be compared."""
    if isinstance(when, datetime):
        return when.replace(tzinfo=None)
    return datetime(when.year, when.month, when.day)


def _explain(kind: str, loc: tuple[int | str, ...], found: Any) -> str:
    """Return one line for one of pydantic's errors: the key, what was found, what is allowed."""
    if loc[-1] == "[key]":
        return f"{_dotted(loc[:-1])}: found the name {found!r}; allowed: like 01_logic_gates"
    loc = tuple(part for part in loc if part not in ("datetime", "date"))
    model, allowed = _describe(loc)
    if kind == "extra_forbidden":
        keys = ", ".join(model.model_fields)
        return f"{_dotted(loc)}: found an unknown key; allowed: {keys}"
    seen = "nothing" if kind == "missing" else _short(found)
    return f"{_dotted(loc)}: found {seen}; allowed: {allowed}"


def _describe(loc: tuple[int | str, ...]) -> tuple[type[BaseModel], str]:
    """Return the table that a key stands in and the description of what it may be."""
    model: type[BaseModel] = Course
    allowed = "a table"
    tables: dict[str, type[BaseModel]] = {"course": CourseInfo, "limits": LimitsConfig}
    for depth, part in enumerate(loc):
        if depth == 1 and loc[0] == "stages":
            model, allowed = StageConfig, "a table"
        elif isinstance(part, str) and part in model.model_fields:
            allowed = model.model_fields[part].description or allowed
            if depth < len(loc) - 1:
                model = tables.get(part, model)
    return model, allowed


def _dotted(loc: tuple[int | str, ...]) -> str:
    """Return the key as TOML writes it, with the place in a list in brackets."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            plain = re.fullmatch(r"[A-Za-z_][\w-]*", part)
            text += ("." if text else "") + (part if plain else f'"{part}"')
    return text


def _short(value: Any) -> str:
    """Return value as a person would quote it, cut short."""
    text = repr(value) if not isinstance(value, dict) else "a table"
    return text if len(text) <= 60 else text[:57] + "..."
