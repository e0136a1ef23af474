"""Hopes that a link is followed to what only the grader may read."""

import os
import zipfile


def make(folder, honest):
    (folder / "honest.ipynb").write_bytes(honest)
    (folder / "honest_inside.ipynb").symlink_to("honest.ipynb")
    (folder / "to_host.ipynb").symlink_to("/etc/passwd")
    (folder / "to_self.ipynb").symlink_to("to_self.ipynb")
    (folder / "to_nothing.ipynb").symlink_to("nowhere")
    (folder / "to_folder").symlink_to("/etc", target_is_directory=True)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    # A hard link is the file itself: what it holds is no notebook, and nobody reads what it says.
    outside = folder.parent / f"{folder.name}-outside"
    outside.write_text("sesame")
    os.link(outside, folder / "hard.ipynb")
    with zipfile.ZipFile(folder / "in.zip", "w") as target:
        info = zipfile.ZipInfo("link.ipynb")
        info.external_attr = 0o120777 << 16
        target.writestr(info, "/etc/passwd")
