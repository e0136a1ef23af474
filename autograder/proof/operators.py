"""Which changes make a mutant: cosmic-ray's operators that slip as students do, and two of ours.

A good mutant is a slip that somebody could make and a careless test could miss. ``OPERATORS`` are
the families that make such; ``LEFT_OUT`` are the others of cosmic-ray, with what is wrong with
them. Together they name every operator that cosmic-ray has.

cosmic-ray knows neither ``@`` nor augmented assignment. ``@`` stays as it is: what could stand in
its place has other shapes, and fails in any test that calls it. ``+=`` and its like are the
update rules of this course, so ``Augmented`` changes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cosmic_ray.plugins import get_operator

__all__ = ["LEFT_OUT", "OPERATORS", "Augmented", "Family", "load"]


@dataclass(frozen=True)
class Family:
    """Operators that belong together: what they do, why, and cosmic-ray's names for them.

    In ``LEFT_OUT`` a name may be a pattern with ``*``.
    """

    what: str
    why: str
    names: tuple[str, ...]


OPERATORS = (
    Family(
        "+ and - change places",
        "the sign slip, in an update rule above all",
        ("ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add"),
    ),
    Family(
        "* and / change places",
        "a factor on the wrong side; a test whose factor is 1 misses it",
        ("ReplaceBinaryOperator_Mul_Div", "ReplaceBinaryOperator_Div_Mul"),
    ),
    Family(
        "x ** 2 becomes x * 2",
        "a test at 0 or 2 misses it",
        ("ReplaceBinaryOperator_Pow_Mul",),
    ),
    Family(
        "/ and // change places, % becomes //",
        "whole numbers in all tests miss it",
        (
            "ReplaceBinaryOperator_Div_FloorDiv",
            "ReplaceBinaryOperator_FloorDiv_Div",
            "ReplaceBinaryOperator_Mod_FloorDiv",
        ),
    ),
    Family(
        "+= and -=, *= and /= change places, += becomes =",
        "the update that climbs, and the sum that forgets what came before",
        (
            "ReplaceAugmentedAssignment_Add_Sub",
            "ReplaceAugmentedAssignment_Sub_Add",
            "ReplaceAugmentedAssignment_Mul_Div",
            "ReplaceAugmentedAssignment_Div_Mul",
            "ReplaceAugmentedAssignment_Add_Plain",
        ),
    ),
    Family(
        "< becomes <=, and so on",
        "the edge case, which only a test exactly there can see",
        (
            "ReplaceComparisonOperator_Lt_LtE",
            "ReplaceComparisonOperator_LtE_Lt",
            "ReplaceComparisonOperator_Gt_GtE",
            "ReplaceComparisonOperator_GtE_Gt",
        ),
    ),
    Family(
        "< becomes >, == becomes !=, and so on",
        "the wrong way round: does any test take this branch?",
        (
            "ReplaceComparisonOperator_Lt_Gt",
            "ReplaceComparisonOperator_LtE_GtE",
            "ReplaceComparisonOperator_Gt_Lt",
            "ReplaceComparisonOperator_GtE_LtE",
            "ReplaceComparisonOperator_Eq_NotEq",
            "ReplaceComparisonOperator_NotEq_Eq",
        ),
    ),
    Family(
        "not before a condition",
        "the same for conditions that are no comparison; cosmic-ray passes over elif and the if of "
        "a comprehension",
        ("AddNot",),
    ),
    Family(
        "a number becomes one more; a whole number in an expression one less, too",
        "off by one: ranges, axes, indices, slices; other numbers are constants, wrong once is "
        "enough",
        ("NumberReplacer",),
    ),
    Family(
        "-x becomes x, ~mask becomes mask, not x becomes x",
        "the sign or the negation that was forgotten",
        (
            "ReplaceUnaryOperator_Delete_USub",
            "ReplaceUnaryOperator_Delete_Invert",
            "ReplaceUnaryOperator_Delete_Not",
        ),
    ),
    Family(
        "and and or, & and | change places",
        "a test in which both sides agree misses it",
        (
            "ReplaceAndWithOr",
            "ReplaceOrWithAnd",
            "ReplaceBinaryOperator_BitAnd_BitOr",
            "ReplaceBinaryOperator_BitOr_BitAnd",
        ),
    ),
    Family(
        "True and False change places",
        "a switch, such as keepdims, that no test looks at",
        ("ReplaceTrueWithFalse", "ReplaceFalseWithTrue"),
    ),
    Family(
        "break and continue change places in a for loop",
        "a loop that stops too late or too early",
        ("ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    ),
    Family(
        "a for loop goes round no times",
        "a loop of calls holds nothing else to change",
        ("ZeroIterationForLoop",),
    ),
)
"""What is used."""

LEFT_OUT = (
    Family(
        "other pairs of arithmetic operators",
        "they miss what the pairs above miss, or any test at all finds them: twice the time for "
        "nothing new",
        (
            "ReplaceBinaryOperator_Add_*",
            "ReplaceBinaryOperator_Sub_*",
            "ReplaceBinaryOperator_Mul_*",
            "ReplaceBinaryOperator_Div_*",
            "ReplaceBinaryOperator_FloorDiv_*",
            "ReplaceBinaryOperator_Mod_*",
            "ReplaceBinaryOperator_Pow_*",
        ),
    ),
    Family(
        "shifts, ^, and bit operators for anything but each other",
        "floats have no bits: the first call raises",
        (
            "ReplaceBinaryOperator_RShift_*",
            "ReplaceBinaryOperator_LShift_*",
            "ReplaceBinaryOperator_BitOr_*",
            "ReplaceBinaryOperator_BitAnd_*",
            "ReplaceBinaryOperator_BitXor_*",
        ),
    ),
    Family(
        "other pairs of comparisons",
        "== for < is found by any test; <= for == is often the same on the values that can occur",
        ("ReplaceComparisonOperator_*",),
    ),
    Family(
        "-x becomes +x or ~x or not x; changes of unary + and ~",
        "+x is the deletion again, ~x raises on floats, and nobody writes a unary +",
        ("ReplaceUnaryOperator_*",),
    ),
    Family(
        "an except clause catches another error",
        "it puts a name there that the notebook lacks, and spoils a dotted name",
        ("ExceptionReplacer",),
    ),
    Family(
        "a decorator goes",
        "without @property or @dataclass nothing runs; without @cache nothing changes",
        ("RemoveDecorator",),
    ),
    Family(
        "a variable is replaced by a number, or added somewhere",
        "they draw at random: the list would be another one each time",
        ("VariableReplacer", "VariableInserter"),
    ),
)
"""What is not used, of the operators that no family above has."""


@dataclass(frozen=True)
class Augmented:
    """Replaces one augmented assignment; the interface is that of cosmic-ray's operators."""

    old: str
    new: str

    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Yield where node is what is replaced."""
        if node.type == "operator" and node.value == self.old:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Return the node, changed."""
        node.value = self.new
        return node


SIGNS = {"Add": "+=", "Sub": "-=", "Mul": "*=", "Div": "/=", "Plain": "="}


def load(name: str) -> Any:
    """Return the operator of that name, ready to use."""
    stem, *pair = name.split("_")
    if stem == "ReplaceAugmentedAssignment":
        old, new = pair
        return Augmented(SIGNS[old], SIGNS[new])
    return get_operator(f"core/{name}")()
