# Hopes that the space of a removed file is not counted while only a mapping holds it.
import mmap
import os

written, kept = 0, []
try:
    for number in range(6):
        with open(f"big{number}", "w+b") as file:
            file.write(bytes(30 << 20))
            file.flush()
            kept.append(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
        os.unlink(f"big{number}")
        written += 30
        tried += 1
except OSError:
    pass
if written > 64:
    found.append(f"{written} MiB of disk")
import time

time.sleep(0.2)
