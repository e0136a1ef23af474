"""Hopes to fill memory or to take for ever, so that the others are not graded."""

import io
import zipfile


def packed(name, content, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        target.writestr(name, content)
    return buffer.getvalue()


def make(folder, honest):
    (folder / "honest.ipynb").write_bytes(honest)
    with zipfile.ZipFile(folder / "bomb.zip", "w") as target:
        target.writestr("ratio.ipynb", bytes(40 << 20), zipfile.ZIP_BZIP2)
        target.writestr("lies.ipynb", bytes(1 << 20), zipfile.ZIP_DEFLATED)
        target.writestr("huge.ipynb", b"{}", zipfile.ZIP_DEFLATED)
        # The directory, which is written last, says less and more than what is there.
        target.getinfo("lies.ipynb").file_size = 10
        target.getinfo("huge.ipynb").file_size = 3 << 30
    deeper = packed("a.ipynb", bytes(20 << 20))
    inner = packed("deeper.zip", deeper)
    (folder / "nested.zip").write_bytes(packed("inner.zip", packed("deeper.zip", inner)))
