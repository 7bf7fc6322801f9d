"""The child of the keystrokes: answers each byte that is typed with its capital, unbuffered."""

import os
import tty

tty.setraw(0)
os.write(1, b"ready")
while (key := os.read(0, 1)) not in (b"", b"q"):
    os.write(1, key.upper())
