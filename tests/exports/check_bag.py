#!/usr/bin/env python3
"""Has `batch --bag` leave a bag of the corpus, and asks readers that others wrote whether it is one.

check_bag.py RAPPORTEUR ROOT

Readers: sha256sum, over the manifests; `bagit` of the Library of Congress, from PyPI (skipped where it cannot be had).
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
DAY = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "LC_ALL": "C"}  # 2026-01-01


def batch(program, place, *more, source="in", env=DAY):
    done = subprocess.run([program, "batch", source, "-o", "out", "-q", *more], cwd=place, env=env, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stderr


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def expect(what, got, expected):
    if got != expected:
        raise SystemExit(f"{what}: {got!r} instead of {expected!r}")


def bagit_module(place):
    """The reader; None where neither this Python nor PyPI has it."""
    try:
        import bagit
    except ImportError:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", str(place / "py"), "bagit", "setuptools<80"], capture_output=True, timeout=300)
        sys.path.insert(0, str(place / "py"))
        try:
            import bagit
        except ImportError:
            return None
    return bagit


def check(program, root, place):
    for source in sorted(root.glob("corpus/*/input.*")):
        target = place / "in" / source.parent.name / source.name
        target.parent.mkdir(parents=True)
        shutil.copyfile(source, target)
    (place / "in/no report\nat all.md").write_bytes(b"%PDF-nonsense\x00\x01\x02")
    status, said = batch(program, place, "--bag", "bag")
    bag = tree(place / "bag")
    expect("exit", status, 1)  # one document is none
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        lines = (place / "bag" / manifest).read_text()
        plain = "\n".join(line for line in lines.splitlines() if "%0A" not in line) + "\n"
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c"], input=plain, text=True, cwd=place / "bag", check=True)
    expect("sources", sum(name.startswith("data/source/") for name in bag), len(list(root.glob("corpus/*/input.*"))) + 1)
    out = {name: text for name, text in tree(place / "out").items() if not name.startswith(".")}
    expect("XML", {name.removeprefix("data/xml/"): text for name, text in bag.items() if name.startswith("data/xml/")}, out)
    payload = [text for name, text in bag.items() if name.startswith("data/")]
    expect("bag-info.txt", bag["bag-info.txt"].decode().splitlines()[:3], [
        f"External-Description: {len(out)} meeting reports as XML in data/xml, and the documents of the run in data/source",
        "Bagging-Date: 2026-01-01", f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}"])
    batch(program, place, "--bag", "bag")
    expect("a bag made again", tree(place / "bag") == bag, True)
    return bag


def mishaps(program, place, bag):
    """Each with the whole message, and no bag of another's touched."""
    (place / "else").mkdir()
    (place / "else/notes.txt").write_text("mine")
    expect("another's folder", batch(program, place, "--bag", "else"),
           (6, "else: error B607: no bag was written: something that is no bag of rapporteur is there\n  help: give another --bag\n"))
    expect("another's folder after", tree(place / "else"), {"notes.txt": b"mine"})
    expect("among the reports", batch(program, place, "--bag", "in/bag"),
           (2, "error U107: the bag would lie among the reports\n  help: give a --bag outside of in\n"))
    (place / "in" / os.fsdecode(b"\xe9t\xe9.md")).write_text("1. A report.\n")
    status, said = batch(program, place, "--bag", "bag")
    expect("a name that is not UTF-8", (status, "error B606: no bag was written: a file name is not UTF-8, as the manifest of a bag must be\n" in said), (6, True))
    expect("the bag after that", tree(place / "bag") == bag, True)


def main():
    program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        bag = check(program, root, place)
        mishaps(program, place, bag)
        bagit = bagit_module(place)
        if bagit is None:
            print("sha256sum finds the bag whole; bagit can neither be imported nor installed from PyPI: skipped")
            return SKIP
        read = bagit.Bag(str(place / "bag"))
        read.validate()
        files = len(list(read.payload_files()))
        (place / "bag/data/xml").joinpath(next(iter(tree(place / "bag/data/xml")))).write_text("altered")
        try:
            read.validate()
            raise SystemExit("bagit takes an altered bag for a whole one")
        except bagit.BagValidationError:
            print(f"bagit {bagit.VERSION} finds the bag valid: {files} files")
        return 0


if __name__ == "__main__":
    sys.exit(main())
