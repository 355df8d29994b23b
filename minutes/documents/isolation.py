"""Converts files in a child process with limits, so that none can stop or fill up the process that asks."""

import contextlib
import logging
import multiprocessing
import resource
import signal
import threading
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

import msgspec

from minutes.documents.convert import convert
from minutes.documents.source import DocumentError, ScannedDocument, SourceDocument

logger = logging.getLogger(__name__)

_MEGABYTE = 1024 * 1024
# The child is replaced after so many files: converters do not give back all of their memory.
_FILES_PER_CHILD = 500
_SECONDS_TO_START = 60

_TOO_SLOW = "Det tager over %d sekunder at gøre filen til tekst. Del den op, eller gem den på ny."
_TOO_LARGE = "Filen kræver over %d MB hukommelse at læse. Del den op, eller gem den på ny."
_DAMAGED = "Filen kan ikke åbnes; den er måske beskadiget. Gem den på ny, og prøv igen."


@dataclass(frozen=True)
class Limits:
    """The limits of one file: `seconds` until it is text, `memory` in bytes."""

    seconds: int = 60
    memory: int = 1536 * _MEGABYTE


class _Request(msgspec.Struct, frozen=True):
    data: bytes
    name: str
    recognise: bool = False
    enclosure: bool = False


class _Answer(msgspec.Struct, frozen=True):
    """The document, or the reason in Danish why there is none; `scanned` if its pages are pictures."""

    document: SourceDocument | None = None
    refusal: str = ""
    scanned: bool = False


class Converter:
    """A child process that converts files, one at a time, started at the first and replaced when it fails.

    Threads that share a converter wait for each other.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._lock = threading.Lock()
        self._child: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._files = 0

    def convert(
        self, data: bytes, name: str = "", *, recognise: bool = False, enclosure: bool = False
    ) -> SourceDocument:
        """Return the document in the file called `name`; with `recognise`, that of a scan.

        With `enclosure`, the file is no minutes and is read by `convert_enclosure`. Raises `ScannedDocument`
        for a scan, `DocumentError` for others that cannot be read, with the reason.
        """
        request = msgspec.msgpack.encode(_Request(data, name, recognise, enclosure))
        with self._lock:
            try:
                answer = self._ask(request)
            except TimeoutError:
                answer = _Answer(refusal=_TOO_SLOW % self.limits.seconds)
                self._stop()
            except (EOFError, OSError):
                # The child was ended: by the system, or by a fault in a library.
                answer = _Answer(refusal=_DAMAGED)
                self._stop()
            except BaseException:
                self._stop()
                raise
        if answer.document is None:
            raise (ScannedDocument if answer.scanned else DocumentError)(answer.refusal)
        return answer.document

    @property
    def pid(self) -> int | None:
        """The number of the child process, None if none is running."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def _ask(self, request: bytes) -> _Answer:
        if self._files >= _FILES_PER_CHILD or not (self._child and self._child.is_alive()):
            self._stop()
        connection = self._connection or self._start()
        self._files += 1
        connection.send_bytes(request)
        if not connection.poll(self.limits.seconds):
            raise TimeoutError
        return msgspec.msgpack.decode(connection.recv_bytes(), type=_Answer)

    def _start(self) -> Connection:
        self._files = 0
        # A forked process would share the threads' locks and the database connection.
        context = multiprocessing.get_context("spawn")
        self._connection, childs_end = context.Pipe()
        self._child = context.Process(target=_serve, args=(childs_end, self.limits), daemon=True)
        self._child.start()
        childs_end.close()
        if not self._connection.poll(_SECONDS_TO_START):
            raise TimeoutError
        self._connection.recv_bytes()
        return self._connection

    def _stop(self) -> None:
        child, connection = self._child, self._connection
        self._child = self._connection = None
        if connection:
            connection.close()
        if child:
            child.kill()
            child.join()


def _serve(connection: Connection, limits: Limits) -> None:
    """Answer requests until the parent closes the connection or ends, whatever signals both of them get."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _limit(limits)
    connection.send_bytes(b"ready")
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            _allow_seconds(limits.seconds)
            connection.send_bytes(_answer(connection.recv_bytes(), limits))


def _limit(limits: Limits) -> None:
    """Limit this process: its memory, no core dumps, no files written."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _allow_seconds(seconds: int) -> None:
    """End this process if the next file takes so much processor time, also when the parent is gone."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


def _answer(data: bytes, limits: Limits) -> bytes:
    try:
        request = msgspec.msgpack.decode(data, type=_Request)
        if request.enclosure:
            enclosures = import_module("minutes.documents.enclosures")
            document = (
                enclosures.convert_scan(request.data)
                if request.recognise
                else enclosures.convert_enclosure(request.data, request.name)
            )
        elif request.recognise:
            document = import_module("minutes.documents.scans").convert(request.data)
        else:
            document = convert(request.data, request.name)
        return msgspec.msgpack.encode(_Answer(document))
    except ScannedDocument as error:
        return msgspec.msgpack.encode(_Answer(refusal=str(error), scanned=True))
    except DocumentError as error:
        return msgspec.msgpack.encode(_Answer(refusal=str(error)))
    except MemoryError:
        return msgspec.msgpack.encode(_Answer(refusal=_TOO_LARGE % (limits.memory // _MEGABYTE)))
    except Exception:
        # A damaged file can make a library fail in any way. Its name may be personal data.
        logger.exception("The conversion of a file failed")
        return msgspec.msgpack.encode(_Answer(refusal=_DAMAGED))
