"""Hopes for an exception that nobody expects, so that the whole class is not graded."""

import io
import struct
import zipfile


def directory(name, offset):
    """Return a zip that is a directory of one entry, at this offset, and nothing else."""
    extra = struct.pack("<HHQQQ", 1, 24, 10, 10, offset)
    entry = struct.pack(
        "<4sBBHHHHHLLLHHHHHLL",
        *(b"PK\1\2", 20, 3, 20, 0, 0, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF),
        *(len(name), len(extra), 0, 0, 0, 0, 0xFFFFFFFF),
    )
    entry += name + extra
    return entry + struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, len(entry), 0, 0)


def make(folder, honest):
    (folder / "honest.ipynb").write_bytes(honest)
    (folder / "far.zip").write_bytes(directory(b"a.ipynb", (1 << 64) - 1))
    (folder / "nameless.zip").write_bytes(directory(b"", 0))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        info = zipfile.ZipInfo("a.ipynb", (1980, 0, 0, 31, 63, 62))
        info.extra = struct.pack("<HHBi", 0x5455, 5, 1, -(1 << 31))
        target.writestr(info, b"{}")
    (folder / "when.zip").write_bytes(buffer.getvalue())
    (folder / "cut.zip").write_bytes(buffer.getvalue()[:-30])
