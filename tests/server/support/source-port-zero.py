"""Sends one UDP datagram whose source port is 0. Arguments: port on 127.0.0.1, payload in hexadecimal. Needs root."""
import socket
import struct
import sys

port, payload = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
raw.sendto(struct.pack("!HHHH", 0, port, 8 + len(payload), 0) + payload, ("127.0.0.1", 0))
