"""Codes as people read them aloud, copy them off a screen and type them."""

from __future__ import annotations

import hashlib

ALPHABET = "ACDEFGHJKMNPQRTWXY34679"  # nothing that looks like something else
CODE_LENGTH = 6


def code_of(chance: str, length: int = CODE_LENGTH) -> str:
    """A code nobody can guess who does not know `chance`."""
    number = int.from_bytes(hashlib.sha256(chance.encode(errors="replace")).digest(), "big")
    letters = len(ALPHABET)
    return "".join(ALPHABET[number // letters**place % letters] for place in range(length))


def tidy(code: str) -> str:
    """A code as people type it: small letters, spaces and dashes are all right."""
    return "".join(c for c in code.upper() if c.isalnum())


def spaced(code: str) -> str:
    """A code as people read it: K7P 3QX."""
    return f"{code[:3]} {code[3:]}"
