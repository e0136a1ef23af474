"""Hopes that opening it waits for ever, or does something."""

import os
import socket
import stat
import zipfile


def make(folder, honest):
    for name in ("pipe.ipynb", "pipe.zip"):
        os.mkfifo(folder / name)
    here = os.open(folder, os.O_PATH)
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(f"/proc/self/fd/{here}/socket.ipynb")
    os.close(here)
    (folder / "to_device.ipynb").symlink_to("/dev/zero")
    (folder / "run.py").write_text("raise SystemExit('run')")
    for name in ("folder.ipynb", "folder.zip"):
        (folder / name).mkdir()
        (folder / name / "honest.ipynb").write_bytes(honest)
    with zipfile.ZipFile(folder / "device.zip", "w") as target:
        info = zipfile.ZipInfo("null.ipynb")
        info.external_attr = (stat.S_IFCHR | 0o666) << 16
        target.writestr(info, b"")
