"""Documents through `rapporteur stream`: what every worker of the Spark job does with its shard.

Knows nothing of Spark. A shard goes through one process. Where that process is lost - the machine was out of memory,
somebody killed it - the documents that were not answered are tried again by halves, each half with a new process, until
the one that is to blame stands alone; it becomes a row that says so, and all others are done.
"""
import base64
import errno
import functools
import hashlib
import json
import os
import pathlib
import select
import subprocess
import threading
from typing import NamedTuple

MOST_BYTES = 32 << 20   # of documents that are given to the process ...
MOST_DOCUMENTS = 256    # ... and kept, until all of them are answered
COUNTS = ["paragraphs", "sections", "agenda_items", "annexes", "annex_references", "not_attached", "furniture", "doubtful"]


class Document(NamedTuple):
    name: str      # its path below the input folder
    sha256: str
    content: bytes


class Settings(NamedTuple):
    program: str = "rapporteur"
    options: tuple = ()        # of `rapporteur stream`
    silence: float = 150       # seconds without a reply after which the process is lost
    tree: str = ""             # folder of the XML; empty: it goes into the row
    scratch: str = ""          # folder on the same file system, for files that are not whole yet


class Fault(Exception):
    """The job cannot go on anywhere. Holds what to say and the exit status."""

    def __init__(self, text, status):
        super().__init__(text, status)
        self.text, self.status = text, status


@functools.lru_cache  # a Python worker does many shards
def fingerprint(settings):
    """Of all that decides, besides its bytes, what becomes of a document. Proves too that the program can be run here."""
    try:
        version = subprocess.run([settings.program, "--version"], capture_output=True, check=True).stdout
        tried = subprocess.run([settings.program, "stream", *settings.options], input=b"", capture_output=True)
    except (OSError, subprocess.CalledProcessError) as why:
        raise Fault(f"error B301: rapporteur cannot be run on a worker: {why}\n"
                    "  help: install it on every node, or --rapporteur PATH with spark-submit --files", 5) from why
    if tried.returncode != 0:
        raise Fault(tried.stderr.decode(errors="replace").rstrip(), tried.returncode)
    digest = hashlib.sha256(version)
    for option in settings.options:
        digest.update(b"\0" + option.encode())
        path = pathlib.Path(option)
        for file in sorted(path.rglob("*.toml")) if path.is_dir() else [path] if path.is_file() else []:
            digest.update(b"\0" + file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


class Stream:
    """One process of `rapporteur stream`, started when it is needed and again after it was lost."""

    def __init__(self, settings):
        self.settings, self.process, self.rest = settings, None, b""

    def ask(self, documents):
        """The replies to the first documents: to all of them, or as many as came before the process was lost."""
        if self.process is None:
            self.process = subprocess.Popen([self.settings.program, "stream", *self.settings.options],
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.rest = b""
        feeder = threading.Thread(target=self._feed, args=(documents,), daemon=True)
        feeder.start()
        replies = []
        for _ in documents:
            line = self._line()
            if line is None:
                self.close()
                break
            replies.append(json.loads(line))
        feeder.join()
        return replies

    def close(self):
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                pipe.close()
            except BrokenPipeError:
                pass  # what was still to be sent is sent to the next process
        self.process = None

    def _feed(self, documents):
        try:
            for document in documents:
                self.process.stdin.write(request(document))
            self.process.stdin.flush()
        except (OSError, ValueError):
            pass  # it is lost: the reader of its replies sees that too

    def _line(self):
        parts = [self.rest]
        while b"\n" not in parts[-1]:
            ready, _, _ = select.select([self.process.stdout], [], [], self.settings.silence or None)
            part = os.read(self.process.stdout.fileno(), 1 << 20) if ready else b""
            if not part:
                return None
            parts.append(part)
        last, self.rest = parts[-1].split(b"\n", 1)
        return b"".join([*parts[:-1], last])


def request(document):
    bare = document.name.rsplit("/", 1)[-1]
    head = json.dumps({"id": None, "name": bare, "forms": ["outline-tsv"]})[:-1]
    return head.encode() + b', "base64": "' + base64.b64encode(document.content) + b'"}\n'


def by_halves(stream, documents):
    """Pairs of a document and its reply, in order."""
    if not documents:
        return
    replies = stream.ask(documents)
    yield from zip(documents, replies)
    rest = documents[len(replies):]
    if rest and len(documents) == 1:
        yield rest[0], failed("B302", "rapporteur was lost while it was at work on this document",
                              "most often a machine without enough memory: smaller shards, or --memory")
        return
    half = (len(rest) + 1) // 2
    yield from by_halves(stream, rest[:half])
    yield from by_halves(stream, rest[half:])


def failed(code, message, help_text):
    return {"outcome": "failed", "diagnostics": [{"severity": "error", "code": code, "message": message, "help": help_text}]}


def groups(documents):
    group, size = [], 0
    for document in documents:
        group.append(document)
        size += len(document.content)
        if size >= MOST_BYTES or len(group) >= MOST_DOCUMENTS:
            yield group
            group, size = [], 0
    if group:
        yield group


def rows(documents, settings):
    """A row of the table for each document of a shard; its XML is in the tree when the row is given."""
    known, stream = fingerprint(settings), Stream(settings)
    try:
        for group in groups(documents):
            for document, reply in by_halves(stream, group):
                yield placed(document, reply, known, settings)
    finally:
        stream.close()


def places(name):
    """Where the XML of a document stands where it is valid, and where it is not."""
    return name + ".xml", ".invalid/" + name + ".xml"


def place_xml(document, reply, settings):
    """Puts the XML into the tree, whole, and takes away what an earlier run made of other bytes. Returns its place."""
    good, bad = places(document.name)
    place = {"valid": good, "invalid": bad}.get(reply["outcome"], "")
    if not settings.tree:
        return place
    for other in {good, bad} - {place}:
        (pathlib.Path(settings.tree) / other).unlink(missing_ok=True)
    if place:
        final = pathlib.Path(settings.tree) / place
        part = pathlib.Path(settings.scratch) / f"{os.getpid()}-{threading.get_ident()}-{document.sha256[:16]}"
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(reply["xml"].encode())
        final.parent.mkdir(parents=True, exist_ok=True)
        part.replace(final)
    return place


# The place is at fault, not the disk: a name that is too long, a folder where the file should be, a file where the folder should be.
NO_PLACE = {errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP}


def placed(document, reply, known, settings):
    """The row of a document whose XML is at its place; of one that cannot be placed, why."""
    try:
        return row(document, reply, known, place_xml(document, reply, settings))
    except OSError as error:
        if error.errno not in NO_PLACE:
            raise
        why = failed("B205", f"its output cannot stand at its place: {error.strerror}", "shorten the name, or remove what is in the way")
        return row(document, why, known, "")


def row(document, reply, known, place):
    """In the order of SCHEMA in rapporteur_job.py."""
    xml, counts = reply.get("xml"), reply.get("counts")
    outline = []
    # Not splitlines: words may hold U+2028 and the like.
    for line in filter(None, reply.get("forms", {}).get("outline-tsv", "").split("\n")):
        kind, label, agenda, text, number = line.split("\t")
        outline.append((kind, label, agenda, text, int(number or 0)))
    said = [(d["severity"], d["code"], d["message"], d.get("help"), d.get("line")) for d in reply["diagnostics"]]
    verdict = reply["outcome"] if reply["outcome"] != "valid" else reply["verdict"]
    return (document.name, document.sha256, known, len(document.content), verdict, reply.get("reasons", []), reply.get("symbol"),
            reply.get("grammar"), tuple(counts[name] for name in COUNTS) if counts else None, outline, said, place or None,
            len(xml.encode()) if xml else None, xml)
