"""What people read: feedback pages, the table, names, and text from strangers."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from autograder.grading.results import CaseResult, Diagnosis, QuestionResult, SubmissionResult
from autograder.grading.stage import Case, Limits, Question, Stage
from autograder.report.feedback import feedback_page, tally, write_feedback
from autograder.report.tables import class_table
from autograder.report.text import file_names, markdown, number, one_line, plain, safe_name

STAGE = Stage(
    "01_logic_gates",
    "Perceptrons and logic gates",
    "v",
    (),
    Limits(),
    (
        Question("q1", "A threshold unit", 3, (Case("zero", False, 1), Case("H", True, 2))),
        Question("extra", "Question 9: the end", 1, (Case("end", False, 1),)),
    ),
)


def case(
    passed: bool = True, *, hidden: bool = False, feedback: str = "", **more: str
) -> CaseResult:
    diagnosis = Diagnosis("id", more["advice"]) if "advice" in more else None
    name = more.get("name", "SECRETNAME" if hidden else "fires above 0")
    message = "" if passed else "SECRETMESSAGE"
    return CaseResult(name, hidden, 1, passed, message, feedback, diagnosis)


def submission(
    *cases: CaseResult, student: str = "jane", path: str = "", **more: str
) -> SubmissionResult:
    score = float(sum(one.passed for one in cases))
    questions = (QuestionResult("q1", score, float(len(cases)), cases),) if cases else ()
    return SubmissionResult(
        path or f"class/{student}.ipynb",
        "0" * 64,
        student,
        STAGE.id,
        more.get("status", "graded"),  # type: ignore[arg-type]
        score,
        float(len(cases) or 4),
        more.get("message", ""),
        questions=questions,
    )


class TestTally:
    @pytest.mark.parametrize(
        ("public", "hidden", "says"),
        [
            ([1, 1, 1], [1, 1, 0, 0], "3 public checks passed; 4 hidden ones: 2 passed."),
            ([1, 0, 0], [0, 0], "1 of 3 public checks passed; 2 hidden ones: none passed."),
            ([1], [1], "Everything passed: 1 public check and 1 hidden one."),
            ([1, 1], [1, 1], "Everything passed: 2 public checks and 2 hidden ones."),
            ([1, 1], [], "Everything passed: 2 public checks."),
            ([], [1, 0], "2 hidden checks: 1 passed."),
            ([1], [0], "1 public check passed; 1 hidden one did not pass."),
            ([0], [1], "0 of 1 public check passed; 1 hidden one passed."),
            ([], [0], "1 hidden check did not pass."),
            ([], [], "Nothing could be checked."),
        ],
    )
    def test_says_the_honest_thing(self, public: list[int], hidden: list[int], says: str) -> None:
        cases = [case(bool(one)) for one in public]
        cases += [case(bool(one), hidden=True) for one in hidden]
        assert tally(QuestionResult("q1", 0, 1, tuple(cases))) == says


class TestPage:
    def test_a_page(self) -> None:
        page = feedback_page(
            STAGE,
            submission(
                case(),
                case(False, name="zero is quiet", feedback="Expected a number, got an array."),
                case(hidden=True),
                case(
                    False,
                    hidden=True,
                    feedback="The shape differs. Look at 0.",
                    advice="Look at 0.",
                ),
                case(False, hidden=True, feedback="The shape differs. Look at 0."),
                case(False, hidden=True),
            ),
        )
        assert page == (
            "# Perceptrons and logic gates\n"
            "\n"
            "**2 of 6 points** for jane. A good place to start: Question 1: A threshold unit.\n"
            "\n"
            "| Question | Points |\n"
            "| :-- | --: |\n"
            "| Question 1: A threshold unit | 2 of 6 |\n"
            "\n"
            "## Question 1: A threshold unit (2 of 6)\n"
            "\n"
            "1 of 2 public checks passed; 4 hidden ones: 1 passed.\n"
            "\n"
            "**Look at this first.** Look at 0.  \n"
            "\n"
            "- Passed: fires above 0\n"
            "- **Not yet:** zero is quiet  \n"
            "  Expected a number, got an array.\n"
            "- 2 hidden checks did not pass: The shape differs.\n"
            "- A hidden check did not pass.\n"
            "\n"
            "*Graded from jane.ipynb.*\n"
        )

    def test_a_hidden_case_is_never_quoted(self) -> None:
        cases = [case(passed, hidden=True, feedback="f") for passed in (True, False)]
        page = feedback_page(STAGE, submission(*cases))
        assert "SECRET" not in page

    def test_full_marks(self) -> None:
        assert "Everything is right. Well done." in feedback_page(STAGE, submission(case()))

    @pytest.mark.parametrize("status", ["unreadable", "timeout", "memory", "crashed"])
    def test_it_says_what_happened(self, status: str) -> None:
        page = feedback_page(STAGE, submission(status=status, message="cell 7 <b>\ncell 8"))
        assert "> cell 7 &lt;b&gt;  \n> cell 8  \n" in page
        assert "**0 of 4 points** for jane.\n\n" in page

    def test_students_text_stays_text(self) -> None:
        evil = "# H\n<script>x</script> [a](http://b) ![i](x) **b** $x$ @all | www.x.com `a` ``` ~"
        page = feedback_page(STAGE, submission(case(False, feedback=evil), student=evil))
        body = re.sub(r"\\.", "", page.partition("\n")[2])
        for bad in ("<script", "](", "://", "**b**", "$x$", "@all", "www.x", "```", "\n# H"):
            assert bad not in body
        assert "`a`" in body

    def test_pages_of_one_student(self, tmp_path: Path) -> None:
        one, two = submission(case(), path="a.ipynb"), submission(case(False), path="b.ipynb")
        other = submission(case(), student="../../etc/passwd")
        paths = write_feedback(tmp_path, STAGE, [one, two, other], {"a.ipynb": "b.ipynb"})
        assert all(path.parent == tmp_path for path in paths)
        assert {path.name for path in paths} >= {"jane.md", "jane.2.md"}
        assert "0 of 1" in (tmp_path / "jane.md").read_text()
        assert "not the one that counts" in (tmp_path / "jane.2.md").read_text()


class TestExtraPoints:
    def page(self, required: float, extra: float) -> str:
        questions = (
            QuestionResult("extra", extra, 1, (case(),), extra=True),
            QuestionResult("q1", required, 3, (case(),)),
        )
        one = submission(case())
        return feedback_page(
            STAGE, msgspec.structs.replace(one, score=required + extra, questions=questions)
        )

    def test_come_on_top(self) -> None:
        page = self.page(3, 1)
        assert "**4 of 1 points**, 1 of them extra, for jane. Everything is right." in page
        assert "| Question 9: the end | 1 of 1 extra |" in page
        assert "## Question 9: the end (1 of 1 extra)" in page

    def test_are_no_duty(self) -> None:
        page = self.page(3, 0)
        assert "for jane. All that is required is right. Well done. For extra points: " in page
        assert "of them extra" not in page

    def test_are_not_asked_for_first(self) -> None:
        assert "A good place to start: Question 1: A threshold unit." in self.page(0, 0)
        assert "1 of 2 questions complete. Go on with Question 1" in self.page(2, 1)

    def test_stand_apart_in_the_table(self) -> None:
        questions = (QuestionResult("q1", 3, 3), QuestionResult("q2", 1, 2, extra=True))
        one = msgspec.structs.replace(submission(case()), questions=questions)
        console = Console(width=100)
        with console.capture() as capture:
            console.print(class_table([one]))
        lines = capture.get().splitlines()
        assert lines[0].split() == ["q1", "q2"]
        assert lines[1].split()[-4:-2] == ["/3", "+2"]


class TestTable:
    def text(self, *results: SubmissionResult, width: int = 100) -> str:
        console = Console(width=width, markup=False, highlight=False)
        with console.capture() as capture:
            console.print(class_table(results, skipped=["class/bob.ipynb"]))
        return capture.get()

    def test_nine_questions_fit(self) -> None:
        questions = tuple(QuestionResult(f"q{i}", i / 2, 3) for i in range(1, 10))
        results = [
            SubmissionResult(
                f"export/{name}.ipynb", "", name, "s", "graded", 22.5, 27, questions=questions
            )
            for name in ("jane_doe", "bob", "a_very_long_name_that_an_lms_made_up_12345")
        ]
        lines = self.text(*results).splitlines()
        assert all(len(line) <= 100 for line in lines)
        bob = next(line for line in lines if line.startswith("bob.ipynb"))
        scores = ["22.5/27", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5"]
        assert bob.split() == ["bob.ipynb", "bob", *scores, "graded"]

    def test_sorted_by_path(self) -> None:
        out = self.text(*[submission(case(), student=name) for name in ("c", "a", "b")])
        assert re.findall(r"^(\w)\.ipynb", out, re.M) == ["a", "b", "c"]

    def test_no_results(self) -> None:
        assert "student" in self.text()


class TestText:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [(2.0, "2"), (1.5, "1.5"), (1 / 3, "0.33"), (100.25, "100.25"), (0, "0")],
    )
    def test_number(self, value: float, shown: str) -> None:
        assert number(value) == shown

    @given(st.text())
    def test_plain(self, text: str) -> None:
        shown = plain(text)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
        assert shown == plain(shown)

    def test_sequences_go_whole(self) -> None:
        assert plain("\x1b[31mred\x1b[0m \x1b]0;title\x07ok\x1b]8;;http://x\x1b\\l") == "red okl"
        assert one_line("a\n b\tc", 4) == "a b…"

    @given(st.text())
    def test_markdown_makes_nothing(self, text: str) -> None:
        shown = markdown(text)
        assert "\n" not in shown
        bare = re.sub(r"(?<!\\)`[^`]*`", "", re.sub(r"\\.", "", shown))
        assert not re.search(r"[<>*\[\]|`$@]|&(?!\w+;|#\d+;)|://", bare)
        assert not re.match(r"[#+=>-]|\d+[.)]", shown)

    @settings(max_examples=300)
    @given(st.one_of(st.text(), st.text(alphabet="`*_[]()<>#+=-1.)~|!\\\\&;: ax")))
    def test_rendered_it_is_what_was_written(self, text: str) -> None:
        if not one_line(text):
            return
        page = (
            MarkdownIt("commonmark")
            .enable(["strikethrough", "table"])
            .parse(f"- **Not yet:** name  \n  {markdown(text)}\n\n> {markdown(text)}  \n")
        )
        kinds = {token.type for token in page}
        assert kinds <= {
            *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
            *("blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close"),
            "inline",
        }
        quoted = next(token for token in reversed(page) if token.type == "inline")
        inner = quoted.children or []
        assert {token.type for token in inner} <= {"text", "code_inline", "text_special"}
        shown = "".join(
            f"`{token.content}`" if token.type == "code_inline" else token.content
            for token in inner
        )
        assert shown == one_line(text)

    def test_markdown_reads_well(self) -> None:
        text = (
            "`sigmoid` is not defined: cell 7 raised NameError: name 'net_h1' is not defined (x-y)"
        )
        assert markdown(text) == text

    @given(st.text())
    def test_safe_name(self, text: str) -> None:
        name = safe_name(text)
        assert name
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert not name.startswith((".", "-", " "))
        assert not name.endswith((".", " "))
        assert len(name.encode()) <= 255 - len(".10.md")

    @given(st.lists(st.text(), max_size=8))
    def test_no_two_files_alike(self, students: list[str]) -> None:
        names = file_names(students)
        assert set(names) == set(students)
        assert len({name.casefold() for name in names.values()}) == len(names)

    def test_names_that_are_safe_are_kept(self) -> None:
        assert file_names(["jane", "王小明", "o.brien"]) == {
            name: name for name in ("jane", "王小明", "o.brien")
        }
        assert file_names(["Jane", "jane"])["Jane"] == "Jane"
        for odd in ("jane.2", "con", "a/b", "", ".."):
            assert safe_name(odd) != odd
