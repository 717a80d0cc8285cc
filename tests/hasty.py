"""The app, for tests that wait until it has let go: whoever leaves is soon not expected back."""

from __future__ import annotations

from facilitator import caretaker
from facilitator.__main__ import main
from facilitator.pages import meeting

caretaker.EVERY, caretaker.AWAY = 0.2, 0.5
meeting.AWAY = meeting.ALWAYS = 1

if __name__ == "__main__":
    main()
