"""What student code returns may cost its own question, never the examiner's time or the others."""

from __future__ import annotations

import pytest
from stages import grade_files, notebook, scores, write_stage

from autograder.grading.stage import Limits

LIMITS = Limits(cpu_seconds=4, cell_seconds=1, case_seconds=0.4, wall_factor=3, memory_mib=512)
QUESTIONS = ("q1", "q2", "q3")

STRICT = """
def strict(f):
    from checks import close
    close(f([1.0, 2.0]), [2.0, 4.0])
"""
CARELESS = """
def careless(f):
    import numpy as np
    result = f([1.0, 2.0])
    assert result == [2.0, 4.0] or np.allclose(np.asarray(result), [2.0, 4.0])
"""
PATIENT = """
def patient(f):
    calls = []
    def spy(x):
        calls.append(x)
        return x
    f(spy)
    assert len(list(f(calls))) == 2
"""
RIGHT = "def {f}(x):\n    return [x(1), x(2)] if callable(x) else [2 * v for v in x]"

# Each defines f2; f1 and f3 are right.
VALUES = {
    "a tree of shared lists, 2 to the 60 leaves": """
        a = [1.0, 2.0]
        for _ in range(60):
            a = [a, a]
        f2 = lambda x: a
    """,
    "nested as deep as it may": """
        a = []
        for _ in range(60):
            a = [a]
        f2 = lambda x: a
    """,
    "a list that holds itself": "a = []\na.extend([a, a])\nf2 = lambda x: a",
    "keys of one hash": """
        f2 = lambda x: {k * (2**61 - 1): None for k in range(1, 40_000)}
    """,
    "a million empty lists": "f2 = lambda x: [[] for _ in range(999_999)]",
    "endless iteration": """
        class Endless:
            def __iter__(self): return self
            def __next__(self): return 1.0
        f2 = lambda x: Endless()
    """,
    "endless callbacks": """
        def f2(x):
            while callable(x):
                x(1)
            while True:
                pass
    """,
    "a range as long as it gets": "f2 = lambda x: range(1 << 60)",
    "an array as large as it gets": "import numpy as np\nf2 = lambda x: np.zeros(4_000_000)",
    "an empty array with huge sides": "import numpy as np\nf2 = lambda x: np.zeros((0, 1 << 40))",
    "a length that lies": """
        class Long(list):
            def __len__(self): return 1 << 62
        f2 = lambda x: Long([1])
    """,
    "a set of one hash": """
        f2 = lambda x: {k * (2**61 - 1) for k in range(1, 40_000)}
    """,
    "tuples that share, 2 to the 60 leaves": """
        a = (1.0, 2.0)
        for _ in range(60):
            a = (a, a)
        f2 = lambda x: a
    """,
    "a text as long as it gets": "f2 = lambda x: 'x' * (10 << 20)",
    "texts that are numbers": "import numpy as np\nf2 = lambda x: np.full(100_000, '1' * 100)",
    "sides of zero and ones": "import numpy as np\nf2 = lambda x: np.zeros((1,) * 31 + (0,))",
    "an array of two in a list of a million": """
        import numpy as np
        f2 = lambda x, a=np.zeros(2): [a] * 900_000
    """,
    "another class at each look": """
        import numpy as np
        class Fickle:
            looks = 0
            def look(self):
                Fickle.looks += 1
                return Fickle.looks % 5
            __class__ = property(lambda self: [list, float, np.ndarray, dict, tuple][self.look()])
            __len__ = __float__ = __index__ = look
            def __iter__(self): return iter([self] * self.look())
            def __getitem__(self, key): return self
        f2 = lambda x: [Fickle()] * 3
    """,
    "floods the memory of the test": """
        def f2(x):
            while callable(x):
                x(bytes(60 << 20))
            return [b"x" * (50 << 20)]
    """,
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    cases = [("strict", STRICT), ("careless", CARELESS), ("patient", PATIENT)]
    stage = write_stage(
        tmp_path_factory.mktemp("hostile") / "values",
        {
            f"q{n}": [(name, True, 1.0, code.replace("(f)", f"(f{n})").replace("f(", f"f{n}("))
                      for name, code in cases]
            for n in (1, 2, 3)
        },
        limits=LIMITS,
    )  # fmt: skip
    files = [
        notebook(RIGHT.format(f="f1"), value, "grader.check('q2')", RIGHT.format(f="f3"))
        for value in ("pass", *VALUES.values())
    ]
    return dict(zip(("none", *VALUES), grade_files(stage, *files), strict=True))


@pytest.mark.parametrize("name", ["none", *VALUES])
def test_only_its_own_question_is_lost(graded, name):
    result = graded[name]
    assert scores(result) == {"q1": 3, "q2": 0, "q3": 3}, result.message
    assert all(case.feedback for q in result.questions for case in q.cases if not case.passed)


def test_the_examiner_spends_little_on_it(graded):
    assert max(result.seconds for result in graded.values()) < 60
