"""A stage worth robbing: strict tests, careless tests, and constants that a test hands out."""

from __future__ import annotations

from pathlib import Path

from stages import write_stage

from autograder.grading.stage import Limits

LIMITS = Limits(
    cpu_seconds=3, cell_seconds=1, case_seconds=0.4, wall_factor=2, memory_mib=512, processes=40
)

# Every attack's notebook begins with this: what it earns is what the attack may not change.
HONEST_PART = "def honest(x):\n    return x + 1"

REFERENCE = """
import numpy as np

SECRET = "Open sesame"
X = np.array([3.0, 1.0, 4.0, 1.0, 5.0])
TABLE = {"weights": [2.0, 7.0, 1.0]}


def answer(x):
    return np.cumsum(x) * 0.577 + 1.414


def number(x):
    return float(np.sum(np.sqrt(np.abs(x))) + 1.732)


def refuse(x):
    if x < 0:
        raise ValueError
    return 2 * x + 1


def score(x, table):
    return float(np.dot(x[:3], table["weights"])) + len(table)
"""

HONEST = """
import numpy as np

def answer(x):
    return np.cumsum(x) * 0.577 + 1.414

def number(x):
    return float(np.sum(np.sqrt(np.abs(x))) + 1.732)

def refuse(x):
    if x < 0:
        raise ValueError("negative")
    return 2 * x + 1

def score(x, table):
    return float(np.dot(x[:3], table["weights"])) + len(table)

def total(f, xs):
    return sum(f(x) for x in xs)

def draw(rng):
    return rng.normal(size=3)

def greet(name):
    return "Hello, " + name
"""

# Plain data fools a test that asks nothing about shape or NaN, whatever the walls: build refuses
# to write such tests. The careless ones here have a shape and a number to begin with.
_FOOLED = "assert getattr(result, 'shape', 0) == expected.shape and not (result != result).any(); "

_PREPARE = """
    import numpy as np
    import reference
    x = np.arange(1.0, 4.0) * {scale}
    expected = reference.{name}(x)
    result = {name}(x)
"""


def _compare(*checks: str, name: str = "answer") -> list[tuple[str, bool, float, str]]:
    """Return a hidden case of one point for each way of comparing result and expected."""
    prepare = _PREPARE.replace("{name}", name)
    return [
        (
            f"{name} {check}",
            True,
            1.0,
            f"def t({name}):{prepare.replace('{scale}', str(i + 0.5))}    {check}\n",
        )
        for i, check in enumerate(checks)
    ]


TESTS = {
    "q1": _compare(
        "__import__('checks').close(result, expected)",
        _FOOLED + "assert (result == expected).all()",
        _FOOLED + "assert np.all(result == expected)",
        "assert np.array_equal(result, expected)",
        _FOOLED + "assert np.allclose(result, expected)",
        _FOOLED + "np.testing.assert_allclose(result, expected)",
        _FOOLED + "np.testing.assert_array_equal(expected, result)",
        _FOOLED + "assert not np.any(np.abs(result - expected) > 1e-9)",
        _FOOLED + "assert np.linalg.norm(result - expected) <= 1e-9",
        _FOOLED + "assert isinstance(result, np.ndarray) and (expected - result == 0).all()",
        "assert list(result) == list(expected)",
        "assert np.max(np.abs(np.asarray(result) - expected)) < 1e-9",
        "assert result.tolist() == expected.tolist()",
    ),
    "q2": _compare(
        "__import__('checks').close(result, expected)",
        "assert result == expected",
        "assert expected == result",
        "assert not result != expected",
        "assert abs(result - expected) < 1e-9",
        "assert not abs(result - expected) > 1e-9 and abs(result) < 1e9",
        "assert result in [expected]",
        "assert expected in [result]",
        "assert {expected: 1}[result]",
        "assert __import__('math').isclose(result, expected)",
        "assert round(result, 6) == round(expected, 6)",
        "assert isinstance(result, float) and f'{result:.6f}' == f'{expected:.6f}'",
        "assert int(result * 1000) == int(expected * 1000)",
        name="number",
    ),
    "q3": [
        (
            "any exception will do",
            True,
            1.0,
            "def t(refuse):\n    try:\n        refuse(-1)\n    except Exception:\n        pass\n"
            "    else:\n        raise AssertionError('nothing raised')\n"
            "    assert refuse(3) == 7",
        ),
        (
            "only the raise",
            True,
            0.0,
            "def t(refuse):\n    from checks import raises\n"
            "    with raises(Exception):\n        refuse(-1)",
        ),
    ],
    "q4": [
        (
            f"constants {time}",
            True,
            1.0,
            "def t(score):\n    import reference\n    from checks import close\n"
            "    expected = reference.score(reference.X, reference.TABLE)\n"
            "    close(score(reference.X, reference.TABLE), expected)",
        )
        for time in ("once", "twice", "thrice")
    ],
    "q5": [
        (
            "calls f",
            True,
            1.0,
            "def t(total):\n    calls = []\n"
            "    def f(x):\n        calls.append(x)\n        return x * x + 0.25\n"
            "    assert total(f, [1.5, 2.5, 3.5]) == 21.5\n"
            "    assert calls == [1.5, 2.5, 3.5]",
        )
    ],
    "q6": [
        (
            f"draws from {name}",
            True,
            1.0,
            "def t(draw):\n    import numpy as np\n    from checks import close\n"
            f"    rng, twin = (np.random.Generator(np.random.{name}(7)) for _ in range(2))\n"
            "    close(draw(rng), twin.normal(size=3))\n"
            "    assert (rng.integers(1 << 30, size=9) == twin.integers(1 << 30, size=9)).all()",
        )
        for name in ("PCG64", "MT19937", "Philox")
    ],
    # In public, but after hidden ones: what students read of it is what their code returned.
    "q7": [
        (
            "greets",
            False,
            1.0,
            "def t(greet):\n    from checks import close\n    close(greet('Ann'), 'Hello, Ann')",
        )
    ],
    "honest": [("one more", True, 1.0, "def t(honest):\n    assert honest(41) == 42")],
    # What an attack on the walls says it found, how much it tried, and that it came to its end.
    "walls": [
        (
            "holds",
            True,
            0.0,
            "def t(found, tried, ended):\n    assert found == [], f'{found}'\n"
            "    assert type(tried) is int and tried > 0 and ended is True",
        )
    ],
}


CHECKS = [f"grader.check({name!r})" for name in TESTS]


def write_vault(folder: Path) -> Path:
    tests = {
        question: [
            (name, hidden, points, function.replace("def t(", f"def case_{number}("))
            for number, (name, hidden, points, function) in enumerate(cases)
        ]
        for question, cases in TESTS.items()
    }
    return write_stage(folder, tests, reference=REFERENCE, limits=LIMITS)
