# Writes wherever it may reach: the host must find nothing of it.
import os
import site
import sys
import tempfile

import numpy

places = [
    "{marks}", "{stage}", "{repository}", "{home}", "/", "/etc", "/usr", "/usr/lib", "/usr/bin",
    "/dev", "/opt", "/opt/autograder", "/opt/autograder/autograder/wire", "/proc", "/proc/sys",
    "/var/tmp", "/root", "/work", os.path.dirname(numpy.__file__), sys.base_prefix, "/tmp/..",
    *sys.path,
]
for place in places:
    for name in ("MARK", "MARK.pth"):
        tried += 1
        try:
            os.makedirs(place, exist_ok=True)
            with open(os.path.join(place, name), "w") as file:
                file.write("here")
            if not place.startswith("/tmp") and place != "":
                found.append(f"{place} was written")
        except OSError:
            pass
for path in (numpy.__file__, sys.executable, "/usr/bin/env", "/opt/autograder/autograder/__init__.py"):
    for act in (lambda: open(path, "r+b"), lambda: os.chmod(path, 0o777), lambda: os.unlink(path),
                lambda: os.rename(path, path + "~"), lambda: os.utime(path)):
        tried += 1
        try:
            act()
            found.append(f"{path} was changed")
        except OSError:
            pass
