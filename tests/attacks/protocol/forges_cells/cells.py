# Says that cells are done before they are, and answers for the tests while it still runs.
from _forge import *

say(CellDone("", "", 0, ""), CellDone("", "", 0, ""))
say(returned(True), Hello(), returned(["callback", 0]))
put(b"\xff\xff\xff\xff")
# %%
answer = number = score = total = refuse = draw = lambda *_, **__: 0.0
# %%
from _forge import *

say(*[CellDone("", "", 0, "")] * 30)
