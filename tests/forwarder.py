"""A TCP port that forwards to a database server, and can stop doing so as a broken network does."""

import contextlib
import socket
import threading


class Forwarder:
    """Forwards a port on 127.0.0.1 to PostgreSQL at `host` (a name, or the folder of its socket)."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._passing = threading.Event()
        self._passing.set()
        self._refusing = False
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)

    def freeze(self) -> None:
        """Accept connections and data, but pass nothing on."""
        self._passing.clear()

    def disconnect(self) -> None:
        """Close all connections, and new ones at once."""
        self._refusing = True
        for connected in self._sockets:
            _close(connected)
        self._sockets.clear()

    def resume(self) -> None:
        self._refusing = False
        self._passing.set()

    def close(self) -> None:
        _close(self._listener)
        self.disconnect()
        self._passing.set()

    @staticmethod
    def _start(target: object, *arguments: object) -> None:
        threading.Thread(target=target, args=arguments, daemon=True).start()  # type: ignore[arg-type]

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            if self._refusing:
                _close(client)
                continue
            server = self._connect()
            self._sockets += [client, server]
            self._start(self._pass, client, server)
            self._start(self._pass, server, client)

    def _connect(self) -> socket.socket:
        host, port = self._target
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{host}/.s.PGSQL.{port}")
        return server

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._passing.wait()
                target.sendall(data)
        _close(source)
        _close(target)


def _close(connected: socket.socket) -> None:
    # Wakes up a thread that waits for the socket, which close() alone does not.
    with contextlib.suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
    connected.close()
