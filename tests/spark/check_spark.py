#!/usr/bin/env python3
"""A real Spark cluster of two workers parses what batch parses, to the byte, although one worker is killed in mid-run.

check_spark.py RAPPORTEUR VENV [--files N]

Installs PySpark into VENV where it is missing. Exit 77 (skipped) where that or a JDK cannot be had.
"""
import argparse
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools/bench"), str(ROOT / "tools/spark")]
JDKS = ["/usr/lib/jvm/java-17-openjdk-amd64", "/usr/lib/jvm/java-1.17.0-openjdk-amd64", "/usr/lib/jvm/java-11-openjdk-amd64"]


def skip(why):
    print("skipped:", why)
    sys.exit(77)


def with_pyspark(venv):
    """Goes on in the interpreter of VENV, with PySpark and a JDK that it works with."""
    try:
        import pyspark  # noqa: F401
        return
    except ImportError:
        if os.environ.get("RAPPORTEUR_IN_VENV"):
            skip("PySpark cannot be imported")
    python = pathlib.Path(venv) / "bin/python"
    installed = python.exists() and subprocess.run([python, "-c", "import pyspark, pyarrow"], capture_output=True).returncode == 0
    if not installed:
        try:
            subprocess.run([sys.executable, "-m", "venv", venv], check=True, capture_output=True, timeout=120)
            subprocess.run([python, "-m", "pip", "install", "-q", "pyspark>=3.5,<3.6", "pyarrow"], check=True, capture_output=True, timeout=900)
        except (OSError, subprocess.SubprocessError) as error:
            skip(f"PySpark cannot be installed: {error}")
    home = next((j for j in JDKS if os.path.exists(j)), None)
    if not home:
        skip("there is no JDK 17 or 11")
    os.execve(python, [str(python), *sys.argv], {**os.environ, "JAVA_HOME": home, "RAPPORTEUR_IN_VENV": "1"})


def executors():
    """Process ids of the workers' executors that descend from us."""
    parents, found = {}, []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if b"CoarseGrainedExecutorBackend" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except (OSError, IndexError):
                pass

    def ours(pid):
        while pid > 1:
            if pid == os.getpid():
                return True
            pid = parents.get(pid, 0)
        return False
    return [pid for pid in found if ours(pid)]


def kill_one_when(place, enough):
    killed = []

    def watch():
        while not killed:
            if sum(1 for _ in place.rglob("*.xml")) >= enough and executors():
                killed.append(executors()[0])
                os.kill(killed[0], signal.SIGKILL)
            time.sleep(.05)
    threading.Thread(target=watch, daemon=True).start()
    return killed


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.xml") if ".rapporteur" not in p.parts}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("venv")
    parser.add_argument("--files", type=int, default=2000)
    asked = parser.parse_args()
    with_pyspark(asked.venv)
    import parse_reports
    import reports
    from pyspark.sql import SparkSession
    program = os.path.abspath(asked.program)
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        reports.folder(place / "in", asked.files, seed=8, poison=2)
        subprocess.run([program, "batch", place / "in", "-o", place / "batch", "-q", "-j", "2"], check=False)
        spark = (SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
                 .config("spark.executorEnv.PYTHONPATH", f"{ROOT}/tools/spark").config("spark.executor.memory", "1g")
                 .config("spark.sql.files.maxPartitionBytes", "2m").config("spark.local.dir", str(place / "local")).getOrCreate())
        spark.sparkContext.setLogLevel("ERROR")
        killed = kill_one_when(place / "spark", asked.files // 4)
        began = time.monotonic()
        parse_reports.run(spark, program, str(place / "in"), str(place / "spark"), 16)
        seconds = time.monotonic() - began
        assert killed, "no worker was killed: the run was over too soon"
        expected, got = tree(place / "batch"), tree(place / "spark/xml")
        wrong = [n for n in expected.keys() | got.keys() if expected.get(n) != got.get(n)]
        assert not wrong, f"{len(wrong)} files differ from batch: {sorted(wrong)[:3]}"
        table = spark.read.parquet(str(place / "spark/table"))
        rows = {r.path: r.outcome for r in table.select("path", "outcome").collect()}
        assert len(rows) == table.count() == asked.files, (len(rows), table.count())
        assert sum(o == "valid" for o in rows.values()) == sum(not n.startswith(".invalid") for n in expected)
        print(f"{asked.files} documents, {len(expected)} XML files as batch writes them, one worker killed, {seconds:.1f} s")
        spark.stop()


if __name__ == "__main__":
    main()
