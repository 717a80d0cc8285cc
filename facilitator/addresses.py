"""Under which addresses phones can reach this computer."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from pathlib import Path

import ifaddr

LINUX = Path("/sys/class/net")


def addresses() -> list[str]:
    """IPv4 addresses on networks phones may share, the likeliest first."""
    found = [
        ip.ip
        for adapter in ifaddr.get_adapters()
        if _is_up(str(adapter.name))
        for ip in adapter.ips
        if isinstance(ip.ip, str) and not ipaddress.ip_address(ip.ip).is_loopback
    ]
    return sorted(set(found), key=_unlikely)


def _is_up(adapter: str) -> bool:
    """On Linux one keeps its address when its cable is out; elsewhere it has none then."""
    with suppress(OSError):
        return (LINUX / adapter / "operstate").read_text().strip() != "down"
    return True


def _unlikely(address: str) -> tuple[bool, bool, int]:
    ip = ipaddress.ip_address(address)
    home = ip in ipaddress.ip_network("192.168.0.0/16")
    return ip.is_link_local, not (ip.is_private and home), int(ip)
