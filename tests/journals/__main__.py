"""Keep today's journals: python -m tests.journals"""

import asyncio
import shutil
import sys

from .keeping import HERE, KEPT, VERSION, keep, released, shapes

folder = HERE / VERSION
if folder.exists():
    if released(VERSION):
        sys.exit(f"{VERSION} is released: its journals stay. Raise the version in pyproject.toml.")
    shutil.rmtree(folder)
folder.mkdir()
for recipe, lang in KEPT:
    asyncio.run(keep(folder, recipe, lang))
(folder / "shapes.txt").write_text("".join(f"{line}\n" for line in shapes()), encoding="utf-8")
print(*sorted(folder.iterdir()), sep="\n")
