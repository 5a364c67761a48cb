"""A seeded corpus of invented comments: threads of uneven size, replies, every kind of stance.

    python corpus.py 200000 50000 comments.ndjson

writes so many comments, so many of them in one thread. Equal arguments give equal bytes.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from typing import Any

OPENINGS = ["", "", "Honestly, ", "Well, ", "Look, ", "I read it twice. ", "As a sailor: ", "> They did it.\n\n"]
CLAIMS = [
    "this is a witch hunt.",
    "they stole the money and everyone knows it.",
    "there is no evidence for any of it.",
    "the DOJ has shown the ledgers, it is clear North Korea did it.",
    "North Korea had nothing to do with the theft.",
    "do you have a source for that?",
    "why would North Korea steal from a bakery?",
    "I hope they catch these thieves.",
    "the ferry was late again and my tea is cold.",
    "what a lovely harbour this is.",
    "oh sure, because the government never lies.",
    "another smear to please the sponsors.",
    "good on the DOJ for exposing them.",
    "nobody has proved a thing.",
    "the hackers were paid in turnips, allegedly.",
]
REPLIES = ["Exactly this.", "No, that is wrong.", "Source?", "I agree.", "Nonsense.", "Ha.", "You missed the point."]
FILLER = "the quay was wet and the gulls were loud while the baker counted loaves of rye for the long winter".split()
NAMES = ["Ode", "Mirel", "Tasso", "Wren", "Ilka", "Bran", "Suvi", "Corin", "Pell", "Yara"]
START = 1_700_000_000


def comments(count: int, largest: int = 0, seed: int = 7) -> Iterator[dict[str, Any]]:
    """`count` comments, thread by thread, parents first; the first thread has `largest` of them."""
    random_ = random.Random(seed)
    left, number = count, 0
    while left > 0:
        wish = largest if number == 0 and largest else int(random_.paretovariate(1.1)) + 2
        size = min(wish, left, max(largest, 2000))
        yield from _thread(random_, number, size)
        left, number = left - size, number + 1


def _thread(random_: random.Random, number: int, size: int) -> Iterator[dict[str, Any]]:
    thread, ids = f"t{number:06}", []
    for place in range(size):
        recent = ids[-40:]
        parent = random_.choice(recent) if recent and random_.random() < 0.6 else None
        ids.append(f"{thread}c{place:06}")
        yield {
            "id": ids[-1],
            "parent_id": parent,
            "thread_id": thread,
            "author": random_.choice(NAMES),
            "score": int(random_.gauss(3, 9)),
            "created": START + number * 977 + place * 7,
            "text": _text(random_, parent is not None),
        }


def _text(random_: random.Random, reply: bool) -> str:
    if reply and random_.random() < 0.4:
        return random_.choice(REPLIES)
    sentences = [random_.choice(OPENINGS) + random_.choice(CLAIMS)]
    for _ in range(min(int(random_.expovariate(0.9)), 12)):
        words = " ".join(random_.choices(FILLER, k=random_.randint(4, 14)))
        sentences.append(words.capitalize() + ".")
    random_.shuffle(sentences)
    return " ".join(sentences)


def main() -> None:
    """Writes NDJSON."""
    count, largest, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    with open(path, "w", encoding="utf-8") as out:
        for comment in comments(count, largest):
            out.write(json.dumps(comment) + "\n")


if __name__ == "__main__":
    main()
