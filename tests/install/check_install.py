#!/usr/bin/env python3
"""Installs a build into an empty folder and uses it from there as a stranger would.

check_install.py BUILD CXX CC

Builds and runs consumer/consumer.cc by CMake's find_package and consumer/consumer.c by pkg-config, with nothing but the
installed files, and moves the whole installation first, so that no path of the build tree can help.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def installed(build, place):
    run("cmake", "--install", build, "--prefix", place / "first")
    (place / "first").rename(place / "moved")
    return place / "moved"


def cxx_program(prefix, place, cxx):
    build = place / "consumer"
    run("cmake", "-S", HERE / "consumer", "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}",
        f"-DCMAKE_CXX_COMPILER={cxx}")
    run("cmake", "--build", build)
    return run(build / "consumer", "report.txt", input=(HERE / "report.txt").read_text(encoding="utf-8"))


def c_program(prefix, place, cc):
    env = dict(os.environ, PKG_CONFIG_PATH=str(next(prefix.glob("lib*/**/pkgconfig"))))
    flags = run("pkg-config", f"--define-variable=prefix={prefix}", "--cflags", "--libs", "rapporteur", env=env).split()
    run(cc, HERE / "consumer/consumer.c", "-o", place / "consumer-c", *flags)
    return run(place / "consumer-c")


def expect(what, got, part):
    if part not in got:
        sys.exit(f"{what}: expected {part!r} in\n{got}")


def main(build, cxx, cc):
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        prefix = installed(build, place)
        cxx_said = cxx_program(prefix, place, cxx)
        expect("C++ program", cxx_said, "3 paragraphs\n")
        expect("C++ program", cxx_said, "<report ")
        expect("C program", c_program(prefix, place, cc), "<report ")
        expect("installed program", run(prefix / "bin/rapporteur", "parse", "-q", HERE / "report.txt"), "<report ")
        for path in ("share/man/man1/rapporteur.1", "share/rapporteur/schema/report.xsd", "share/rapporteur/grammars/README.md",
                     "share/rapporteur/feed-engine", "share/rapporteur/schema/search/solr/conf/schema.xml"):
            if not (prefix / path).exists():
                sys.exit(f"not installed: {path}")


main(pathlib.Path(sys.argv[1]), *sys.argv[2:4])
