"""The walls around student code: which driver works here, and the template inside it."""

from autograder.sandbox.choose import DRIVERS, SandboxUnavailable, choose, describe
from autograder.sandbox.template import Template, TemplateError
from autograder.sandbox.templates import Templates

__all__ = [
    "DRIVERS",
    "SandboxUnavailable",
    "Template",
    "TemplateError",
    "Templates",
    "choose",
    "describe",
]
