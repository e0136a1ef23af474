# Hopes that shared pages which no process has in its tables at the moment are not counted.
tried += 1
# %%
import mmap
import time

kept = []
for _ in range(14):
    kept.append(mmap.mmap(-1, 64 << 20))
    for _ in range(64):
        kept[-1].write(bytes(1 << 20))
    kept[-1].madvise(mmap.MADV_DONTNEED)
time.sleep(0.3)
found.append("900 MiB of shared memory")
