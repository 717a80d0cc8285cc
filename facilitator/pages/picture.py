"""Addresses as pictures that a phone's camera reads."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO


@lru_cache(maxsize=256)
def code_picture(address: str) -> bytes:
    """An SVG of the code: dark on white, four modules of quiet zone, level M."""
    return drawn(address)


def drawn(address: str) -> bytes:
    """The same, and nothing of it is kept."""
    import qrcode  # noqa: PLC0415 - for 20 ms the first page need not wait
    from qrcode.image.svg import SvgPathFillImage  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(address)
    out = BytesIO()
    code.make_image(image_factory=SvgPathFillImage).save(out)
    return out.getvalue()
