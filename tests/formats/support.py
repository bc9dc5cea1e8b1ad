"""What the tests of foreign formats have in common: running the real programs, watched, and making documents.

A run is watched from outside: its exit status, its messages, the most memory that it or any process below it took, what
it left in its folder, and whether a process of its session outlived it.
"""
import dataclasses
import io
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

skipped = 77


def need(*programs):
    """Ends the test as skipped, saying so, where a program is not installed."""
    missing = [name for name in programs if not shutil.which(name)]
    if missing:
        print(f"skipped: {', '.join(missing)} not installed")
        sys.exit(skipped)


@dataclasses.dataclass
class Run:
    status: int
    out: bytes
    err: str
    seconds: float
    megabytes: float
    left_files: list
    left_processes: list


def in_session(session):
    """[(pid, name, parent)] of the living processes of a session."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            head, tail = (entry / "stat").read_text().rsplit(")", 1)
        except OSError:
            continue
        state, parent, _, its_session = tail.split()[:4]
        if int(its_session) == session and state != "Z":
            found.append((int(entry.name), head.split("(", 1)[1], int(parent)))
    return found


def alive(process):
    return any(pid == process.pid for pid, _, _ in in_session(process.pid))


class Folder:
    """A folder for one test, and runs of programs in it."""

    def __init__(self, program):
        self.program = pathlib.Path(program).resolve()
        self._kept = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self._kept.name)
        (self.path / "home").mkdir()
        (self.path / "tmp").mkdir()

    def write(self, name, content):
        path = self.path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def environment(self, **more):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("RAPPORTEUR", "XDG_", "LC_"))}
        env.update(HOME=str(self.path / "home"), TMPDIR=str(self.path / "tmp"), LC_ALL="C.UTF-8", PATH=f"{self.program.parent}:{env['PATH']}")
        env.update(more)
        return env

    def start(self, *argv, stdin=b"", **more):
        """A process of its own session; (process, files of its streams)."""
        streams = [tempfile.TemporaryFile() for _ in range(3)]
        streams[0].write(stdin)
        streams[0].seek(0)
        argv = [str(self.program) if argv[0] == "rapporteur" else str(argv[0]), *map(str, argv[1:])]
        process = subprocess.Popen(argv, cwd=self.path, env=self.environment(**more), stdin=streams[0], stdout=streams[1],
                                   stderr=streams[2], start_new_session=True)
        return process, streams

    def files(self):
        return sorted(str(p.relative_to(self.path)) for p in self.path.rglob("*") if p.is_file())

    def finish(self, process, streams, began, before):
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - began
        for stream in streams[1:]:
            stream.seek(0)
        left = in_session(process.pid)
        if left:  # what was killed may take a moment to be gone
            time.sleep(0.3)
            left = in_session(process.pid)
        for pid, _, _ in left:
            os.kill(pid, signal.SIGKILL)
        return Run(process.returncode, streams[1].read(), streams[2].read().decode(errors="replace"), took,
                   used.ru_maxrss / 1024, [f for f in self.files() if f not in before], left)

    def run(self, *argv, stdin=b"", meanwhile=None, **more):
        """Runs a program to its end. `meanwhile(process)` is called once it has been started."""
        before, began = self.files(), time.monotonic()
        process, streams = self.start(*argv, stdin=stdin, **more)
        if meanwhile:
            meanwhile(process)
        return self.finish(process, streams, began, before)


def converting(process, option=b"--sandbox"):
    """The pids of the pandocs in the session of `process` that convert (one may be asked for its version first); with
    --lua-filter those that are kept running."""
    found = []
    for pid, name, _ in in_session(process.pid):
        try:
            if name == "pandoc" and option in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
        except OSError:
            pass
    return found


def first_converting(process, option=b"--sandbox", seconds=20):
    """The first of them, waited for."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := converting(process, option):
            return found[0]
        time.sleep(0.005)
    raise AssertionError(f"no pandoc was started within {seconds} s")


def pandoc(text, source, to, *more):
    """What the real pandoc makes of a text."""
    return subprocess.run(["pandoc", "-f", source, "-t", to, "-o", "-", *more], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout


def pdf(pages, trailer=""):
    """A PDF with a line of text a page; a page without text where the line is empty."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * i} 0 R' for i in range(len(pages)))}] /Count {len(pages)} >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for i, words in enumerate(pages):
        drawn = f"BT /F1 11 Tf 60 700 Td ({words}) Tj ET" if words else "0 0 m 100 100 l S"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>")
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n"
    return out.encode()


def docx(body, times=1):
    """A DOCX with this body (the inside of w:body) so many times. Unpacked it need not fit into memory: what this process
    takes would be counted as taken by those that it starts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                         '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
                         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        archive.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                         '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                         'Target="word/document.xml"/></Relationships>')
        with archive.open("word/document.xml", "w") as part:
            part.write(b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
            for _ in range(times):
                part.write(body.encode())
            part.write(b"</w:body></w:document>")
    return kept.getvalue()


class Checks:
    """Counts what holds and prints what does not."""

    def __init__(self):
        self.done, self.failed = 0, 0

    def equal(self, what, got, wanted):
        self.done += 1
        if got != wanted:
            self.failed += 1
            print(f"{what}:\n  wanted {wanted!r}\n  got    {got!r}", flush=True)

    def true(self, what, holds, shown=""):
        self.done += 1
        if not holds:
            self.failed += 1
            print(f"{what}: does not hold {shown}", flush=True)

    def end(self):
        print(f"{self.done} checks, {self.failed} failed")
        sys.exit(1 if self.failed else 0)
