# Looks for the tests, the solutions, the grades and the people on disk.
import os


def reached(path):
    if "{driver}" != "uid":
        return os.path.lexists(path)
    # There, what is closed still shows its name: it must not open.
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


paths = """{stage} {stage}/reference.py {secret} {repository} {repository}/solutions
{repository}/dist {home} {home}/.ssh /etc/passwd /etc/shadow /etc/hosts /root/.ssh /home /work
/var /run /mnt /media /boot /sys /srv /opt/../../..{secret} /proc/1/root{secret}
/proc/self/root{secret} /proc/self/cwd/../../../../..{secret} /tmp/../..{secret}""".split()
for path in paths:
    tried += 1
    if reached(path) and path not in {visible}:
        found.append(f"{path} is within reach")
for number in range(3, 256):
    for path in (f"/proc/self/fd/{number}/..{secret}", f"/dev/fd/{number}/../../{secret}"):
        if reached(path):
            found.append(path)
for folder, folders, files in os.walk("/"):
    if folder in ("/proc", "/usr", "/opt/autograder", "{python}", "/lib", "/bin", "/sbin"):
        folders[:] = []
        continue
    folders[:] = [f for f in folders if not f.endswith(("site-packages", "dist-packages"))]
    tried += 1
    for file in files:
        if file.endswith((".ipynb", ".sqlite", ".pem")) or file in ("stage.json", "reference.py"):
            found.append(f"{folder}/{file} lies there")
names = {name for _, _, files in os.walk("/opt/autograder/autograder") for name in files}
found += [n for n in ("examiner.py", "remote.py", "checks.py", "worker.py") if n in names]
