# Writes bytes that are no message: wrong sizes, wrong types, too deep, too large.
from _forge import *

junk = [
    b"\xff\xff\xff\xff", b"\x04\x00\x00\x01", struct.pack(">I", 1 << 26) + b"x", b"\0\0\0\0",
    b"\0\0\0\1\xc1", b"\0\0\0\3\xa2\xff\xff", b"\0\0\0\5GET /",
    struct.pack(">I", 200_000) + b"\x91" * 200_000,
    struct.pack(">I", 5) + b"\xdd\xff\xff\xff\xff", struct.pack(">I", 6) + b"\xdf\xff\xff\xff\xff\xc0",
]
count = 0


def answer(*_, **__):
    global count
    count += 1
    put(junk[count % len(junk)])


number = score = total = refuse = draw = answer
