"""The walls around student code: which driver works here, and the template inside it."""

from autograder.sandbox.choose import DRIVERS, SandboxUnavailable, choose
from autograder.sandbox.template import Template, TemplateError

__all__ = ["DRIVERS", "SandboxUnavailable", "Template", "TemplateError", "choose"]
