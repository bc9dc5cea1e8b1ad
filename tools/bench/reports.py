#!/usr/bin/env python3
"""Invents reports of meetings: any number of them, of any size, always the same ones for the same seed.

reports.py FOLDER COUNT [--seed N] [--poison PERCENT]   COUNT reports of about 10 KB, in folders, of several formats
reports.py --size BYTES FILE [--seed N]                 one report of about this size

What varies is what varies in archives: agenda items as headings, as bold lines or in capitals; paragraph numbers as
"7.", "(7)" or "7"; annexes that are there and annexes that are only mentioned; tables, lists, page furniture, contents.
Poison is what a folder of a thousand files holds a little of: empty files, binaries under a wrong name, broken
encodings, cut-off containers.
"""
import argparse
import pathlib
import random

BODIES = ["Council for the Upper Lakes", "Committee on Inland Ferries", "Alpine Weather Board", "Union of Lighthouse Keepers",
          "Commission on Dry Rivers", "Board of Harbour Pilots", "Conference on Migratory Fish", "Salt Marsh Authority"]
PLACES = ["Ardmore", "Lisse", "Torvik", "Calabria Nova", "Sankt Elgar", "Porto Claro"]
STATES = ["Arlandia", "Borvia", "Cestria", "Dornland", "Estavia", "Fennmark", "Galvia", "Hestria"]
NAMES = ["Ms. Ada LINDE", "Mr. Jon BREKKE", "Dr. Mira SOLBERG", "Mr. Paul TENNANT", "Ms. Ines CARVALHO", "Mr. Tomas REED"]
SUBJECTS = ["the state of the dredging works", "the shared register of vessels", "training of junior observers",
            "the budget for the coming biennium", "the harmonised form for accidents", "joint patrols in the northern sector",
            "the exchange of tide gauge readings", "the revision of the fee table", "the survey of the sea wall"]
VERBS = ["took note of", "welcomed", "considered", "approved with thanks", "asked the Secretariat to circulate", "postponed the review of"]
TAILS = ["and invited members to send remarks by the end of the quarter", "subject to the consent of the host", "as it had been distributed",
         "while stressing that costs should not rise", "and thanked all who had prepared it", "with the changes that were made in the room"]
MONTHS = ["January", "March", "May", "June", "September", "November"]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII"]


class Writer:
    def __init__(self, rng):
        self.rng = rng
        self.heading = rng.choice([lambda n, t: f"#### Agenda item {n}: {t}", lambda n, t: f"**AGENDA ITEM {n}: {t.upper()}**",
                                   lambda n, t: f"AGENDA ITEM {n}: {t.upper()}", lambda n, t: f"## {ROMAN[(n - 1) % 7]}. {t} (Agenda item {n})"])
        self.number = rng.choice([lambda n: f"{n}. ", lambda n: f"({n}) ", lambda n: f"{n}.  "])
        self.paragraph = 0

    def sentence(self):
        r = self.rng
        start = r.choice([f"The delegation of {r.choice(STATES)}", "The Meeting", "The Chairperson", f"{r.choice(NAMES)}", "The Secretariat"])
        words = f"{start} {r.choice(VERBS)} {r.choice(SUBJECTS)}"
        if r.random() < .18:
            words += f" (Annex {r.choice(ROMAN[:4])})"
        if r.random() < .10:
            words += f" contained in document UL/{r.randint(2001, 2024)}/{r.randint(1, 60)}/Rev.{r.randint(1, 3)}"
        if r.random() < .5:
            words += f" {r.choice(TAILS)}"
        if r.random() < .08:
            words += f" on {r.randint(1, 28)} {r.choice(MONTHS)} {r.randint(1998, 2024)}"
        return words + "."

    def masthead(self, serial):
        r = self.rng
        body = r.choice(BODIES)
        initials = "".join(w[0] for w in body.split() if w[0].isupper())
        symbol = f"{initials}/{r.randint(1990, 2024)}/R/{serial}"
        day, month, year = r.randint(1, 27), r.choice(MONTHS), r.randint(1990, 2024)
        return [body.upper(), "", symbol, f"{day} {month} {year}", "",
                f"REPORT OF THE {r.choice(['SECOND', 'NINTH', 'FORTY-FIRST', 'SPECIAL'])} MEETING", "",
                f"{r.choice(PLACES)}, {day}-{day + 1} {month} {year}", ""]

    def item(self, n):
        r = self.rng
        lines = [self.heading(n, r.choice(SUBJECTS).capitalize()), ""]
        for _ in range(r.randint(2, 5)):
            self.paragraph += 1
            lines += [self.number(self.paragraph) + " ".join(self.sentence() for _ in range(r.randint(1, 4))), ""]
            roll = r.random()
            if roll < .12:
                lines += [f"({'abcd'[i]}) {r.choice(SUBJECTS)};" for i in range(r.randint(2, 4))] + [""]
            elif roll < .16:
                lines += ["| State | Share |", "|---|---|"] + [f"| {s} | {r.randint(1, 40)} % |" for s in r.sample(STATES, 3)] + [""]
            elif roll < .22:
                lines += [f"Page {r.randint(2, 30)}", ""]
            elif roll < .30:
                lines += [self.sentence(), ""]
        return lines

    def annex(self, n):
        r = self.rng
        lines = [f"ANNEX {ROMAN[(n - 1) % 7]}", "", "LIST OF PARTICIPANTS" if n == 1 else r.choice(SUBJECTS).upper(), ""]
        if n == 1:
            for state in r.sample(STATES, 4):
                lines += [state.upper()] + [f"{name}, Head of Department" for name in r.sample(NAMES, 2)] + [""]
        else:
            lines += [self.sentence() for _ in range(4)] + [""]
        return lines

    def report(self, serial, size):
        lines = self.masthead(serial)
        total, n = 0, 0
        while total < size * .93:
            n += 1
            more = self.item(n)
            total += sum(len(line) + 1 for line in more)
            lines += more
        for n in range(1, self.rng.randint(1, 3)):
            lines += self.annex(n)
        return "\n".join(lines) + "\n"


POISON = [lambda r: b"", lambda r: r.randbytes(4000), lambda r: b"%PDF-1.4\n" + r.randbytes(900), lambda r: b"PK\x03\x04" + r.randbytes(700),
          lambda r: ("1. " + "Zürich à côté ".encode("latin-1").decode("latin-1") * 40).encode("latin-1"), lambda r: b"\x00" * 3000,
          lambda r: b"\xff\xfe" + r.randbytes(401), lambda r: b">" * 20000 + b"\n" + b"[" * 20000]
POISON_NAMES = ["empty.md", "noise.txt", "cut.pdf", "cut.docx", "latin.txt", "zeros.md", "odd.txt", "deep.md"]


def one(seed, size=None):
    rng = random.Random(seed)
    return Writer(rng).report(seed % 100000, size if size else rng.randint(5000, 15000))


def folder(root, count, seed=1, poison=0.0):
    """Writes the reports; returns the names of the poisoned ones."""
    rng, poisoned = random.Random(seed), []
    root = pathlib.Path(root)
    for i in range(count):
        place = root / f"{1990 + i % 17}" / f"part {i % 5}"
        place.mkdir(parents=True, exist_ok=True)
        if rng.random() * 100 < poison:
            kind = rng.randrange(len(POISON))
            name = place / f"{i:05d}-{POISON_NAMES[kind]}"
            name.write_bytes(POISON[kind](rng))
            poisoned.append(str(name.relative_to(root)))
        else:
            (place / f"{i:05d}-report{rng.choice(['.md', '.md', '.txt'])}").write_text(one(seed * 1000003 + i), encoding="utf-8")
    return poisoned


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("where")
    parser.add_argument("count", type=int, nargs="?")
    parser.add_argument("--size", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--poison", type=float, default=0)
    asked = parser.parse_args()
    if asked.size:
        pathlib.Path(asked.where).write_text(one(asked.seed, asked.size), encoding="utf-8")
    else:
        folder(asked.where, asked.count or 100, asked.seed, asked.poison)


if __name__ == "__main__":
    main()
