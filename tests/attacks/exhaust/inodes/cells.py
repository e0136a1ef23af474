import os

for number in range(10_000_000):
    os.close(os.open(f"file{number}", os.O_CREAT | os.O_WRONLY))
