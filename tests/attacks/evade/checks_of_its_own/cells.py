# Hopes that what a check cell says decides what is tested, when, or how many points there are.
grader = type("Grader", (), {"check": lambda *_, **__: "passed", "__getattr__": lambda *_: print})()
grader.check("honest")
grader.check("q1", lambda: None, hidden=0, points=99)
# %%
grader.check("q2"); answer = number = lambda x: 0.0; grader.check("q2")
# %%
def check(name="q3"):
    grader.check(name)


check(), [grader.check(f"q{n}") for n in range(99)], grader.check("../q1"), grader.check("q1\0")
grader.check("walls"); raise SystemExit
# %%
__name__ = "__main__"
honest.__code__, keep = (lambda x: x + 1).__code__, honest
refuse = score = total = draw = greet = lambda *_: keep
del __builtins__, In, Out
