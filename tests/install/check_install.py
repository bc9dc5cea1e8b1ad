#!/usr/bin/env python3
"""Installs a build into an empty folder and uses it from there as a stranger would.

check_install.py BUILD CXX CC

Builds and runs tests/install/consumer (C++, CMake's find_package) with nothing but the installed files, and moves the
whole installation first, so that no path of the build tree can help.
"""
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
    return run(build / "consumer", HERE / "report.txt")


def expect(what, got, part):
    if part not in got:
        sys.exit(f"{what}: expected {part!r} in\n{got}")


def main(build, cxx, cc):
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        prefix = installed(build, place)
        expect("C++ program", cxx_program(prefix, place, cxx), "report.txt: info U000: read")


main(pathlib.Path(sys.argv[1]), *sys.argv[2:4])
