#!/usr/bin/env python3
"""The real program, lost where a document says so: as a machine without memory would lose it.

Passes every request on to rapporteur (RAPPORTEUR in the environment or beside this file in `program`). A document that
holds LOSE THE PROCESS kills both, one that holds FALL SILENT stops them.
"""
import base64
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

PROGRAM = os.environ.get("RAPPORTEUR") or (pathlib.Path(__file__).parent / "program").read_text().strip()

if sys.argv[1] != "stream":
    os.execv(PROGRAM, [PROGRAM, *sys.argv[1:]])
child = subprocess.Popen([PROGRAM, *sys.argv[1:]], stdin=subprocess.PIPE)
for line in sys.stdin.buffer:
    content = base64.b64decode(json.loads(line)["base64"])
    if b"LOSE THE PROCESS" in content:
        child.kill()
        os.kill(os.getpid(), signal.SIGKILL)
    while b"FALL SILENT" in content:
        time.sleep(1)
    child.stdin.write(line)
    child.stdin.flush()
child.stdin.close()
sys.exit(child.wait())
