"""The simulated name service: which hosts there are, and their addresses."""
import re
import socket
from zlib import crc32

#: Two letters are a country's; these are the endings of more that one meets (of some 1,400, IANA root zone).
_TOP_LEVELS = frozenset("""
    academy actor agency ai app army art arpa asia associates auction audio auto band bank bar berlin best bet bible bid
    bike bio biz blog blue book boutique box broker build builders business buzz cafe camera camp capital cards care career
    careers cars cash casino cat ceo catering center charity chat cheap church city claims cleaning click clinic clothing cloud
    club codes coffee community company computer consulting contact cooking cool coop country coupons courses credit
    cricket cruises dance data date dating deals degree delivery democrat dental design dev diamonds digital direct
    directory discount dog domains download earth edu education email energy engineer engineering enterprises equipment
    estate events exchange expert express fail family fans farm fashion film finance financial fish fit fitness flights
    football forsale foundation fun fund gallery game games garden gay gift gifts gives glass global gmbh gold golf google
    gov graphics gratis green group guide guru hair health help holiday host hosting house how ing inc industries info ink
    institute insure int international investments jobs kim kitchen land law lawyer legal life limited link live llc
    loan loans lol london love ltd management map market marketing mba media memorial men menu miami mil mobi moda moe
    mom money monster mov movie museum music name nagoya net network new news ngo ninja now nyc one ong online org organic
    osaka page paris partners parts party pet phone photo photography photos physio pics pictures pink pizza place play
    plumbing plus poker post press pro productions promo properties pub quest radio realty recipes red rehab reisen
    rent rentals repair report republican rest restaurant review reviews rip rocks rodeo run sale salon sarl school science
    search security select seoul services shoes shop shopping show singles site ski soccer social software solar
    solutions space spa sport storage store stream studio study style supplies supply support surf surgery sydney
    systems taipei tattoo tax taxi team tech technology tel tennis theater tickets tips tires today tokyo tools top tours
    town toys trade trading training travel tube university uno vacations ventures vet video villas vin vip vision vodka
    vote voyage wang watch webcam website wedding wiki win wine work works world wtf xyz yoga yokohama you zip zone com
""".split())
#: Endings that RFC 2606 and RFC 6761 reserve, but for `example.com` and its like, which exist.
_RESERVED = re.compile(r"(^|\.)(invalid|test|example|local|localdomain)$")
#: Hosts that say themselves that they do not exist.
_NOWHERE = re.compile(r"non-?exist|not-?exist|doesnt-?exist|no-?such|not-?real|invalid"
                      r"|(unknown|fake|wrong|bad)-?(host|domain|site|server|url)")
_ADDRESS = re.compile(r"\d+(\.\d+){3}$|\[?[0-9a-f]*:[0-9a-f:]*\]?$")
#: Names and addresses of the computer that the block runs on.
HERE = frozenset(("localhost", "127.0.0.1", "0.0.0.0", "::1"))


def is_known(host: str) -> bool:
    """Whether a host exists: by its ending."""
    if host in HERE or _ADDRESS.match(host):
        return True
    if _RESERVED.search(host) or _NOWHERE.search(host):
        return False
    ending = host.rpartition(".")[2]
    return "." in host and (ending in _TOP_LEVELS or len(ending) == 2 and ending.isalpha())


def address_of(host: str) -> str:
    """The IPv4 address of a host, one of TEST-NET-3 (RFC 5737), always the same. Raises the error of an unknown
    name."""
    if not is_known(host):
        raise unknown_name()
    if host in HERE:
        return "0.0.0.0" if host == "0.0.0.0" else "127.0.0.1"
    return host if _ADDRESS.match(host) else f"203.0.113.{10 + crc32(host.encode()) % 240}"


def unknown_name() -> OSError:
    return socket.gaierror(-2, "Name or service not known")


def refused(text: str = "Connection refused") -> OSError:
    """Nobody listens there."""
    return ConnectionRefusedError(111, text)


def address_infos(host, port, family=0, kind=0, proto=0) -> list[tuple]:
    """What `socket.getaddrinfo` gives, in IPv4."""
    if family not in (0, socket.AF_INET):
        raise socket.gaierror(-9, "Address family for hostname not supported")
    address = address_of(host.decode() if isinstance(host, bytes) else host) if host else "0.0.0.0"
    if isinstance(port, str):
        port = {"http": 80, "https": 443}.get(port) or int(port)
    kinds = [(socket.SOCK_STREAM, 6), (socket.SOCK_DGRAM, 17)]
    return [(socket.AF_INET, one, number, "", (address, port or 0)) for one, number in kinds
            if kind in (0, one) and proto in (0, number)]
