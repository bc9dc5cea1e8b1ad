#!/usr/bin/env python3
"""Reports in every manner (manners.py), read and compared with what stands in them. What is regular must be read right in any
combination: a rule that helps one layout and hurts another shows here.

check_layouts.py RAPPORTEUR [--count N] [--seed N] [--show N] [--keep FOLDER] [--accept]

Fails where more is missed or invented of any kind than accepted.json has; `--accept` writes it anew. `--show` prints the reports
with most faults, and how often each manner goes wrong; `--keep` leaves the reports in a folder.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path += [str(HERE), str(HERE.parent / "golden")]
import manners  # noqa: E402
import outline_truth  # noqa: E402


def outline(program, report, folder, n):
    path = folder / f"{n:04}.{'md' if report.markdown else 'txt'}"
    path.write_text(report.text, encoding="utf-8")
    truth = "".join("\t".join(row) + "\n" for row in report.rows)
    path.with_suffix(".tsv").write_text(truth, encoding="utf-8")
    got = subprocess.run([program, "outline", "--to", "tsv", path], capture_output=True, check=True)
    return outline_truth.differences(truth, got.stdout.decode())


def judge(program, reports, folder):
    """The faults of each report, in its order."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda item: outline(program, item[1], folder, item[0]), enumerate(reports)))


def table(reports, faults):
    """For each kind of row: how many there are, and how many were missed or invented."""
    kinds = {}
    for report, found in zip(reports, faults):
        for row in report.rows:
            kinds.setdefault(row[0], {"rows": 0, "missed": 0, "invented": 0})["rows"] += 1
        for fault in found:
            what, kind = fault.split()[:2]
            kinds.setdefault(kind, {"rows": 0, "missed": 0, "invented": 0})[what.rstrip(":")] += 1
    return dict(sorted(kinds.items()))


def show(reports, faults, most):
    rates = collections.defaultdict(lambda: [0, 0])
    for report, found in zip(reports, faults):
        for manner in report.manner.items():
            rates[manner][0] += len(found)
            rates[manner][1] += len(report.rows)
    for (kind, manner), (wrong, rows) in sorted(rates.items(), key=lambda item: -item[1][0] / item[1][1])[:12]:
        print(f"{wrong / rows:6.1%} of rows go wrong where {kind}: {manner}")
    for n in sorted(range(len(reports)), key=lambda n: -len(faults[n]))[:most]:
        print(f"{n:04}: " + ", ".join(f"{kind}: {manner}" for kind, manner in reports[n].manner.items()))
        print("".join(f"      {fault}\n" for fault in faults[n][:12]), end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--accept", action="store_true")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    reports = [manners.Report(chance, manners.draw(chance)) for _ in range(asked.count)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        faults = judge(asked.program, reports, folder)
    kinds = table(reports, faults)
    for kind, counts in kinds.items():
        print(f"{kind:13} {counts['rows']:6} rows, {counts['missed']:4} missed, {counts['invented']:4} invented")
    if asked.show:
        show(reports, faults, asked.show)
    path = HERE / "accepted.json"
    if asked.accept:
        path.write_text(json.dumps({"count": asked.count, "seed": asked.seed, "kinds": kinds}, indent=1) + "\n")
        return 0
    accepted = json.loads(path.read_text())
    if (asked.count, asked.seed) != (accepted["count"], accepted["seed"]):
        return 0  # other reports: nothing to compare with
    worse = [kind for kind, counts in kinds.items() for what in ("missed", "invented") if counts[what] > accepted["kinds"].get(kind, counts)[what]]
    for kind in sorted(set(worse)):
        print(f"worse than accepted: {kind}: {kinds[kind]}, accepted {accepted['kinds'].get(kind)}")
    if worse:
        print("see which: check_layouts.py RAPPORTEUR --show 5")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
