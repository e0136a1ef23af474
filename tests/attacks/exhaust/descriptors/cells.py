# Hopes to use up the machine's table of open files.
import os
import select

opened = []
for make in (lambda: os.open("/dev/null", 0), lambda: os.pipe()[0], lambda: os.eventfd(0), select.epoll):
    try:
        while len(opened) < 2000:
            opened.append(make())
            tried += 1
    except OSError:
        pass
if len(opened) > 256:
    found.append(f"{len(opened)} descriptors")
for one in opened[:20]:
    one.close() if hasattr(one, "close") else os.close(one)
