"""Clients that send a request so slowly that it never arrives."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator

# Not the address of the visitor who is measured, since a proxy limits each address.
_SOURCE = ("127.0.0.2", 0)


@contextlib.contextmanager
def slow_clients(port: int, count: int, *, tls: bool = False) -> Iterator[None]:
    """Open connections that send a byte of an endless header several times a second.

    One that the server closes is opened again.
    """
    stopped = threading.Event()
    clients: list[socket.socket | None] = [None] * count

    def drip() -> None:
        while True:
            for number, client in enumerate(clients):
                try:
                    clients[number] = client or _connect(port, tls=tls)
                    clients[number].sendall(b"a")  # type: ignore[union-attr]
                except OSError:
                    clients[number] = None
            connected.set()
            if stopped.wait(0.3):
                return

    connected = threading.Event()
    thread = threading.Thread(target=drip)
    thread.start()
    try:
        connected.wait(30)
        yield
    finally:
        stopped.set()
        thread.join()
        for client in filter(None, clients):
            client.close()


def _connect(port: int, *, tls: bool) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=2, source_address=_SOURCE)
    if tls:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        client = context.wrap_socket(client)
    client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    return client
