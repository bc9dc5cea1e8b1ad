#!/usr/bin/env python3
"""A shard of the Spark job without Spark: the real program, lost again and again, costs only the documents to blame.

check_documents.py RAPPORTEUR
"""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parents[1] / "tools/bench"), str(HERE.parents[1] / "tools/spark")]
import documents as work  # noqa: E402
import reports  # noqa: E402


def shard(count, lost=(), silent=()):
    for i in range(count):
        text = reports.one(i, 2000) + ("\nLOSE THE PROCESS\n" if i in lost else "\nFALL SILENT\n" if i in silent else "")
        yield work.Document(f"folder {i % 3}/{i:03d} ж.md", f"{i:064x}", text.encode())


def check(program, place, lost, silent):
    settings = work.Settings(str(HERE / "lossy_rapporteur.py"), ("--deadline", "20"), silence=3 if silent else 60,
                             tree=str(place / "xml"), scratch=str(place / "scratch"))
    work.MOST_DOCUMENTS = 16
    rows = list(work.rows(shard(50, lost, silent), settings))
    assert [row[0] for row in rows] == [d.name for d in shard(50)], "a row is missing or out of order"
    for i, row in enumerate(rows):
        name, verdict, said, stands = row[0], row[4], row[10], row[11]
        if i in lost or i in silent:
            assert verdict == "failed" and said[0][1] == "B302" and stands is None, row
        else:
            assert verdict in ("ok", "review") and stands == name + ".xml" and len(row[9]) > 3, row
            assert (place / "xml" / stands).stat().st_size == row[12]
    if not lost and not silent:  # and they are what the program alone makes of them
        for document in shard(3):
            (place / "alone").mkdir(exist_ok=True)
            source = place / "alone" / document.name.rsplit("/", 1)[-1]
            source.write_bytes(document.content)
            alone = subprocess.run([program, "parse", "-q", source], capture_output=True, check=True).stdout
            assert alone == (place / "xml" / (document.name + ".xml")).read_bytes()
    assert not list((place / "scratch").iterdir())


def main():
    program = os.environ["RAPPORTEUR"] = os.path.abspath(sys.argv[1])
    for lost, silent in [((), ()), ((0, 20, 21, 49), ()), (tuple(range(5)), ()), ((), (7,))]:
        with tempfile.TemporaryDirectory() as place:
            check(program, pathlib.Path(place), lost, silent)
    try:
        work.fingerprint(work.Settings("/no/such/program"))
        raise AssertionError("a program that is not there was run")
    except work.Fault as fault:
        assert fault.status == 5 and "B301" in fault.text, fault
    try:
        work.fingerprint(work.Settings(program, ("-g", "no-such-grammar")))
        raise AssertionError("a grammar that is not there was taken")
    except work.Fault as fault:
        assert fault.status == 4 and "G110" in fault.text, fault
    print("held")


if __name__ == "__main__":
    main()
