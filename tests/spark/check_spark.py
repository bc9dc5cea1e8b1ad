#!/usr/bin/env python3
"""The Spark job on a real cluster of two workers, one of which is killed: the same bytes as `rapporteur batch`.

check_spark.py RAPPORTEUR VENV [--files N]

Spark's `local-cluster` runs a master, two workers and an executor process for each worker; the executor is what is killed
here, with its Python workers and parsers. VENV is where PySpark is installed, if it is not there. Exit status 77: it
cannot be installed here, and nothing was tested.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tools/bench"))
import reports  # noqa: E402

QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # of the Java machines: they live for a minute only


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def install(venv):
    """PySpark, and another reader of Parquet than Spark's own. The program that runs Python with them."""
    python = venv / "bin/python"
    if not shutil.which("java"):
        skip("there is no Java")
    wanted = (ROOT / "tools/spark/requirements.txt").read_text() + "pyarrow\n"
    done = venv / "installed"
    if not done.exists() or done.read_text() != wanted:
        made = subprocess.run([sys.executable, "-m", "venv", venv], capture_output=True, text=True)
        if made.returncode != 0:
            skip("no virtual environment can be made: " + made.stderr[-300:])
        got = subprocess.run([python, "-m", "pip", "install", "-q", *wanted.split()], capture_output=True, text=True)
        if got.returncode != 0:
            skip("PySpark cannot be installed: " + got.stderr[-300:])
        done.write_text(wanted)
    return python


class Cluster:
    def __init__(self, python, place):
        home = subprocess.run([python, "-c", "import pyspark; print(pyspark.__path__[0])"], capture_output=True, text=True, check=True).stdout.strip()
        self.work = pathlib.Path(home) / "work"
        self.place = place
        self.command = [str(python.parent / "spark-submit"), "--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false",
                        "--conf", f"spark.driver.extraJavaOptions={QUICK_START}", "--conf", f"spark.executor.extraJavaOptions={QUICK_START}",
                        "--conf", "spark.sql.shuffle.partitions=4", "--py-files", str(ROOT / "tools/spark/documents.py"),
                        str(ROOT / "tools/spark/rapporteur_job.py")]
        self.environment = {**os.environ, "SPARK_HOME": home, "PYSPARK_PYTHON": str(python), "PYSPARK_DRIVER_PYTHON": str(python),
                            "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(place / "local"), "PYTHONDONTWRITEBYTECODE": "1"}
        for name in ("LC_ALL", "LANG", "SPARK_CONF_DIR"):
            self.environment.pop(name, None)
        self.environment["LC_ALL"] = "C.UTF-8"

    def start(self, *arguments):
        self.said = open(self.place / "spark.log", "w+")
        return subprocess.Popen([*self.command, *map(str, arguments)], stdout=subprocess.PIPE, stderr=self.said, text=True, env=self.environment)

    def end(self, job, status):
        out, _ = job.communicate()
        self.said.seek(0)
        log = self.said.read()
        assert job.returncode == status, f"exit {job.returncode}, not {status}\n{out}\n{log[-6000:]}"
        shutil.rmtree(self.work, ignore_errors=True)
        return out.strip(), log


def descendants(pid):
    found = []
    for thread in pathlib.Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = (thread / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            found += [int(child), *descendants(child)]
    return found


def is_executor(pid):
    try:
        return b"CoarseGrainedExecutorBackend" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def kill_an_executor(job, tree, files):
    """When a fifth of the XML is there: an executor and all that it has started. Says how much was there."""
    while True:
        assert job.poll() is None, "the job had ended before a worker could be killed"
        stands = sum(1 for p in tree.rglob("*.xml"))
        if stands >= files / 5:
            break
        time.sleep(.02)
    executor = next(pid for pid in descendants(job.pid) if is_executor(pid))
    for pid in [executor, *descendants(executor)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    assert stands < .9 * files, f"{stands} of {files} were done when the worker was killed: too late to prove anything"
    return stands


def files_of(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and ".rapporteur" not in p.parts}


def same(expected, got, what):
    if expected != got:
        names = sorted(n for n in expected.keys() | got.keys() if expected.get(n) != got.get(n))
        raise AssertionError(f"{what}: {len(names)} of {len(expected)} files differ, first {names[:5]}")


def rows_of(python, folder):
    """All rows of a run, read by another program than Spark."""
    script = "import sys, json, pyarrow.parquet as pq\nfor row in pq.read_table(sys.argv[1]).to_pylist(): print(json.dumps(row))"
    got = subprocess.run([python, "-c", script, folder], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in got.splitlines()]


def batch(program, source, out):
    subprocess.run([program, "batch", source, "-o", out, "-q", "-j", "2", "--report", out.parent / "run.json"], check=False)
    return {row["name"]: row for row in json.loads((out.parent / "run.json").read_text())["rows"]}


def check(program, python, place, count):
    source, out = place / "in", place / "out"
    reports.folder(source, count, seed=9, poison=2)
    (source / "Протокол №1, Zürich.md").write_text(reports.one(1))
    (source / "lost.md").write_text(reports.one(2) + "\nLOSE THE PROCESS\n")
    (source / "empty.md").write_bytes(b"")
    (source / "large.md").write_text(reports.one(3, 200_000))
    expected = batch(program, source, place / "batch")
    calm = files_of(place / "batch")
    wrapper = place / "lossy/rapporteur"
    wrapper.parent.mkdir()
    shutil.copy(HERE / "lossy_rapporteur.py", wrapper)
    (wrapper.parent / "program").write_text(program)
    cluster = Cluster(python, place)

    began = time.monotonic()
    job = cluster.start(source, out, "--rapporteur", wrapper, "--shard-mb", max(.1, count / 8000), "--largest", 150_000)
    stands = kill_an_executor(job, out / "xml", count)
    said, log = cluster.end(job, 1)
    print(f"{said}; a worker was killed when {stands} were done; {time.monotonic() - began:.0f} s")
    assert "ExecutorLostFailure" in log or "Lost executor" in log, "Spark has not noticed that a worker was killed"
    left_out = {"lost.md.xml", "large.md.xml"}
    same({n: d for n, d in calm.items() if n not in left_out}, files_of(out / "xml"), "with a worker killed")
    rows = {row["name"]: row for row in rows_of(python, out / "table/run=000001")}
    assert len(rows) == len(rows_of(python, out / "table/run=000001")) == count + 4, "a document has two rows or none"
    assert rows["lost.md"]["diagnostics"][0]["code"] == "B302" and rows["large.md"]["diagnostics"][0]["code"] == "B305", rows
    for name, row in rows.items():
        if name in ("lost.md", "large.md"):
            continue
        before = expected[name]
        assert row["verdict"] == before["verdict"] and row["symbol"] in (before["symbol"], None), (row, before)
        assert row["counts"] is None or row["counts"] == before["counts"], (row, before)
    first = next(name for name, row in sorted(rows.items()) if row["verdict"] == "ok")
    outline = subprocess.run([program, "outline", source / first, "--to", "tsv"], capture_output=True, text=True, check=True).stdout
    assert ["\t".join([p["kind"], p["label"], p["agenda"], p["text"], str(p["line"])]) for p in rows[first]["outline"]] == outline.splitlines()

    changed, gone = sorted(name for name, row in rows.items() if row["verdict"] == "ok")[1:3]
    (source / changed).write_text(reports.one(77))
    (out / "xml" / (gone + ".xml")).unlink()
    failed = sum(row["verdict"] == "failed" for row in rows.values())
    expected = batch(program, source, place / "batch")
    said, _ = cluster.end(cluster.start(source, out, "--rapporteur", program, "--retry-failed"), 1)
    print(said)
    assert f"({count + 4 - 2 - failed} of them done before and unchanged)" in said, (said, failed)
    same(files_of(place / "batch"), files_of(out / "xml"), "after going on")
    again = {row["name"] for row in rows_of(python, out / "table/run=000002")}
    assert len(again) == failed + 2 and {changed, gone, "lost.md", "large.md"} <= again, sorted(again)
    assert sorted(p.name for p in out.iterdir()) == ["table", "xml"], "something is left"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("venv", type=pathlib.Path)
    parser.add_argument("--files", type=int, default=400)
    asked = parser.parse_args()
    python = install(asked.venv.resolve())
    with tempfile.TemporaryDirectory() as place:
        check(os.path.abspath(asked.program), python, pathlib.Path(place), asked.files)
    print("held")


if __name__ == "__main__":
    main()
