"""The app, whose caretaker goes round all the time: for tests that wait until it has."""

from __future__ import annotations

from facilitator import caretaker
from facilitator.__main__ import main

caretaker.EVERY, caretaker.AWAY = 0.2, 0.5

if __name__ == "__main__":
    main()
