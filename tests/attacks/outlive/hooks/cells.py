# Hopes that a hook runs where, or when, nobody watches any more.
import atexit
import faulthandler
import gc
import os
import sys
import threading
import weakref


def hook(*_, **__):
    for place in ("/tmp", "/var/tmp", "{marks}", "{stage}"):
        try:
            open(f"{place}/MARK-hook", "w").close()
        except OSError:
            pass


class Last:
    __del__ = hook


kept = Last()
weakref.finalize(kept, hook)
atexit.register(hook)
os.register_at_fork(before=hook, after_in_child=hook, after_in_parent=hook)
gc.callbacks.append(lambda *_: None)
threading.setprofile(lambda *_: None)
sys.excepthook = sys.unraisablehook = hook
faulthandler.dump_traceback_later(0.1, repeat=True, file=open("dump", "w"))
answer = number = score = total = draw = refuse = lambda *_: kept
