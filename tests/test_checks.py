"""What `close` accepts and what it refuses; students read its messages."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import close, raises


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (1, 1.0),
        (np.float32(1 / 3), 1 / 3),
        (np.array(2.0), 2),
        ([1, 2], np.array([1.0, 2.0])),
        ((1, 2), np.array([1, 2])),
        (np.array([0.1 + 0.2]), np.array([0.3])),
        (np.array([1, 0], dtype=np.uint8), np.array([1, 0])),
        (np.array([1 / 3], dtype=np.float16), np.array([1 / 3])),
        (np.nan, np.nan),
        (np.array([np.inf, 1]), np.array([np.inf, 1])),
        ([np.ones(2), np.ones((3, 1))], (np.ones(2), np.ones((3, 1)))),
        ({"a": [1, None], "b": "x"}, {"a": [1.0, None], "b": "x"}),
        (True, np.bool_(True)),
        (np.array([True, False]), [True, False]),
        ({1, 2}, {2, 1}),
        (1 + 2j, 1 + 2j),
        (np.zeros((0, 3)), np.zeros((0, 3))),
    ],
)
def test_right_answers(actual, expected):
    close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "message"),
    [
        (None, 1, "expected a number, got None (does the function return its result?)"),
        (True, 1, "expected a number, got True or False"),
        (1, True, "expected True or False, got a number"),
        ("1", 1, "expected a number, got a value of type str"),
        ({}, np.ones(2), "expected an array of numbers of shape (2,), got a dict of 0"),
        (np.empty(0), 1.0, "expected shape (), got shape (0,)"),
        (np.ones((2, 1)), np.ones(2), "expected shape (2,), got shape (2, 1)"),
        ([[1], [1, 2]], np.ones(2), "expected an array of numbers of shape (2,), got a list of 2"),
        (np.array([1, None]), np.ones(2), "expected an array"),
        (np.array([1.0, np.nan]), np.ones(2), "the result holds nan or infinity"),
        (np.inf, 1.0, "the result holds nan or infinity"),
        (1 + 0j, 1.0, "expected a number"),
        (np.array([[1.0, 2.0]]), np.array([[1.0, 2.1]]), "wrong at index (0, 1): got 2.0, not 2.1"),
        (1 + 1e-7, 1.0, "the value is wrong: got"),
        ([], [1], "expected a list of 1, got a list of 0"),
        ({"a": 1}, {"a": 1, "b": 2}, "the dict lacks the key 'b'"),
        ({"a": 1, "c": 2}, {"a": 1}, "the dict has keys that nobody asked for"),
        (0, None, "expected None"),
        ("b", "a", "the value is wrong: got 'b'"),
        (1.0, [1.0], "expected a list of 1, got a number"),
    ],
)
def test_wrong_answers(actual, expected, message):
    with pytest.raises(AssertionError) as caught:
        close(actual, expected)
    assert message in str(caught.value)


def test_values_stand_after_the_colon():
    """What stands before ": got" is shown to students of hidden cases: it holds no value."""
    with pytest.raises(AssertionError) as caught:
        close(np.array([1.25]), np.array([9.75]))
    assert str(caught.value).split(": got ")[0] == "the value is wrong at index 0"


def test_an_equal_to_everything_object():
    class Everything(np.ndarray):
        def __eq__(self, other):
            return True

    for expected in (1, np.ones(2), "a", None, [1], {"a": 1}, True):
        with pytest.raises(AssertionError):
            close(np.zeros(3).view(Everything), expected)


def test_tolerances_can_be_given():
    close(1.01, 1.0, rtol=0.1)
    with pytest.raises(AssertionError):
        close(np.float32(1 / 3), 1 / 3, rtol=1e-9, atol=0)


def test_raises():
    with raises(ValueError):
        raise ValueError("as it should")
    nothing = pytest.raises(AssertionError, match="expected a ValueError, but nothing was raised")
    with nothing, raises(ValueError):
        pass
    with pytest.raises(KeyError), raises(ValueError):
        raise KeyError("another")
