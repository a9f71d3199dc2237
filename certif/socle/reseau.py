"""Addresses of the network, as throttles count them."""

import ipaddress


def reseau_de(adresse: str) -> str:
    """The address to count: itself, or its /64 for IPv6, where one host has them all; "" for no address."""
    try:
        ip = ipaddress.ip_address(adresse)
    except ValueError:
        return ""
    # ::ffff:192.0.2.1 is how some proxies write 192.0.2.1: together they would all be one network.
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
