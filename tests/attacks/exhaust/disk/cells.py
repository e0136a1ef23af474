import os

written = 0
for at, place in enumerate(("/tmp", "/dev/shm", "/var/tmp", os.environ["HOME"], ".")):
    try:
        for number in range(40):
            with open(f"{place}/big{at}{number}", "wb") as file:
                file.write(bytes(10 << 20))
            written += 10
            tried += 1
    except OSError:
        pass
if written > 2 * 64 + 20:
    found.append(f"{written} MiB of disk")
