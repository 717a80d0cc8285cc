"""A reference: NiceGUI with an empty page, as it comes. `python -m tests.bench.empty PORT`"""

from __future__ import annotations

import sys

from nicegui import ui


@ui.page("/")
def page() -> None:
    pass


if __name__ == "__main__":
    port = int(sys.argv[1])
    ui.run(host="127.0.0.1", port=port, reload=False, show=False, show_welcome_message=False)
