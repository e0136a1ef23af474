"""The zip that plain ``otter run`` grades, the same to the byte for the same files."""

from __future__ import annotations

import io
import zipfile

__all__ = ["pack"]

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold


def pack(files: dict[str, bytes]) -> bytes:
    """Return a zip of the files, in the order of their names and with a fixed date.

    Nothing is compressed: the bytes would depend on the machine's zlib.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3  # Unix, on any machine
            runs = name.endswith((".sh", "run_autograder"))
            info.external_attr = (0o755 if runs else 0o644) << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()
