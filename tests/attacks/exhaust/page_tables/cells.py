# Hopes that only pages count: reading one byte every 2 MiB costs a page table each, and no page.
tried += 1
# %%
import mmap
import time

flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
held = mmap.mmap(-1, 340 << 20, flags=flags)
held.madvise(14)  # MADV_HUGEPAGE, which is quick where there is such a thing
held[::4096] = bytes(len(held) // 4096)
# %%
kept = [mmap.mmap(-1, 1 << 36, flags=flags | 0x4000, prot=mmap.PROT_READ) for _ in range(2)]
kept[0][:: 2 << 20]
# %%
kept[1][:: 2 << 20]
time.sleep(0.1)
found.append("256 MiB of page tables beside 340 MiB")
