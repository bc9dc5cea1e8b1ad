"""What every engine's test needs: programs run to their end, and found or the test skipped."""
import os
import pathlib
import shutil
import socket
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAPPINGS = ROOT / "schema/search"


def run(*words, text="", env=None, cwd=None):
    done = subprocess.run([str(w) for w in words], input=text, capture_output=True, text=True, env=env, cwd=cwd, timeout=120)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))[:200]}: exit {done.returncode}\n{done.stdout[-800:]}{done.stderr[-800:]}")
    return done.stdout


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def need(program, *places):
    """Path of a program, or the end of the test."""
    for folder in places:
        if os.access(f"{folder}/{program}", os.X_OK):
            return f"{folder}/{program}"
    return shutil.which(program) or skip(f"{program} is not installed; tools/install-deps --engines installs it")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
