"""Under which addresses phones can reach this computer."""

from __future__ import annotations

import ipaddress

import ifaddr


def addresses() -> list[str]:
    """IPv4 addresses on networks phones may share, the likeliest first."""
    found = [
        ip.ip
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str) and not ipaddress.ip_address(ip.ip).is_loopback
    ]
    return sorted(set(found), key=_unlikely)


def _unlikely(address: str) -> tuple[bool, bool, int]:
    ip = ipaddress.ip_address(address)
    home = ip in ipaddress.ip_network("192.168.0.0/16")
    return ip.is_link_local, not (ip.is_private and home), int(ip)
