#!/usr/bin/env python3
"""Pandocs that are kept running: what comes out is the same, a killed one costs no document, none outlives the program.

check_workers.py RAPPORTEUR ROOT [DOCUMENTS]
"""
import os
import signal
import sys
import time

from support import Checks, Folder, alive, converting, first_converting, need, pandoc

need("pandoc")
checks = Checks()
count = int(sys.argv[3]) if len(sys.argv) > 3 else 40
folder = Folder(sys.argv[1])
(folder.path / "in").mkdir()
for i in range(count):
    words = f"# Report {i}\n\n" + "\n\n".join(f"{n}. The Board took note of paper {i}/{n}, see Annex {n}." for n in range(1, 30))
    folder.write(f"in/{i:03}.docx", pandoc(words, "markdown", "docx"))


def results(place):
    return {p.name: p.read_bytes() for p in sorted((folder.path / place).glob("*.xml"))}


plain = folder.run("rapporteur", "batch", "in", "-o", "plain", "-q", "-j", "2", "--new-pandocs")
checks.equal("a pandoc each: status", plain.status, 0)
warm = folder.run("rapporteur", "batch", "in", "-o", "warm", "-q", "-j", "2")
checks.equal("workers: status and message", (warm.status, warm.err), (0, ""))
checks.equal("workers: documents", len(results("warm")), count)
checks.true("workers: the same bytes", results("warm") == results("plain"))
checks.equal("workers: none is left", warm.left_processes, [])

killed = []


def kill_some(process):
    """Kills a worker, again and again, while the batch goes on."""
    first_converting(process, b"--lua-filter")
    while alive(process) and len(killed) < 12:
        time.sleep(0.08)
        for pid in converting(process, b"--lua-filter")[:1]:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)


hurt = folder.run("rapporteur", "batch", "in", "-o", "hurt", "-q", "-j", "2", meanwhile=kill_some)
checks.true("workers were killed", len(killed) >= 3, killed)
checks.equal("killed workers: status and message", (hurt.status, hurt.err), (0, ""))
checks.true("killed workers: every document is done, the same", results("hurt") == results("plain"))

gone = folder.run("rapporteur", "batch", "in", "-o", "gone", "-q", "-j", "2",
                  meanwhile=lambda process: (first_converting(process), time.sleep(0.5), os.kill(process.pid, signal.SIGKILL)))
checks.equal("the batch itself killed: no pandoc is left", gone.left_processes, [])
resumed = folder.run("rapporteur", "batch", "in", "-o", "gone", "-q", "-j", "2")
checks.equal("and goes on", resumed.status, 0)
checks.true("to the same end", results("gone") == results("plain"))
print(f"{count} documents, {len(killed)} workers killed; with workers {warm.seconds:.1f} s, a pandoc each {plain.seconds:.1f} s")
checks.end()
