#!/usr/bin/env python3
"""Checks a party table: that it parses, and that no name says two things in the same year.

A list of participants is looked up by name alone, so a name that stood under two codes in overlapping years would be
decided by the order of the file. Codes are unique among the states and territories, and among the organizations: AU is
Australia and the African Union. Called with the table's path; prints each fault and exits 1 if there is one.
"""
import sys
import tomllib

KINDS = {"state", "territory", "organization"}


def names_of(party):
    """The names of a party as (name, first year, last year)."""
    for name in party["names"]:
        if isinstance(name, str):
            yield name, 0, 9999
        else:
            yield name["name"], name.get("from", 0), name.get("until", 9999)


def faults(table):
    """Every fault of the table, as a sentence."""
    codes, seen = set(), {}
    for party in table["party"]:
        code = party["code"]
        register = "organizations" if party["kind"] == "organization" else "states"
        if (register, code) in codes:
            yield f"{code}: listed twice"
        codes.add((register, code))
        if party["kind"] not in KINDS:
            yield f"{code}: kind {party['kind']!r} is none of {sorted(KINDS)}"
        for name, first, last in names_of(party):
            if first > last:
                yield f"{code}: {name!r} ends before it begins"
            key = " ".join(name.split()).casefold()
            for other, other_first, other_last in seen.get(key, ()):
                if first <= other_last and other_first <= last:
                    yield f"{code}: {name!r} is listed under {other} too, in years that overlap"
            seen.setdefault(key, []).append((code, first, last))


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        found = list(faults(tomllib.load(file)))
    print("\n".join(found) if found else "party table: no name says two things in the same year")
    sys.exit(1 if found else 0)
