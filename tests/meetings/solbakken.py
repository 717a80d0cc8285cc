"""The BTI meeting of Solbakken skule: nine people, state by state, as any screen would show it.

The meeting is a story (tests/core/story.py); its screens are the real pages, handed each picture as
the server would send it. So any state of a whole meeting is in view at once, and holds still.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from facilitator import screens
from facilitator.audience import words
from facilitator.core.frame.parts import Around, Door
from facilitator.planning import Plan, planned
from facilitator.recipes import read_recipes
from facilitator.wire import picture
from tests.core.story import LEADER, Story

SENTENCE = (
    "Mange elevar på 6. trinn går åleine i friminutta, og dei vaksne ser det ofte for seint til at "
    "nokon rekk å gjera noko med det same dagen."
)
PEOPLE = (
    ("Jon", "SFO"),
    ("Eva", "Skule"),
    ("Ingrid", "PPT"),
    ("Ola", "BUP"),
    ("Samira", "Skule"),
    ("Anne-Margrethe Kristoffersen-Haugland", "Spesialpedagogisk støtteteneste"),
    ("Per", "Helsestasjon"),
)
WITHOUT_PHONE = ("Marit", "Skule")
FACTORS = (
    "Få vaksne ute dei siste ti minutta av storefri",
    "Uklart kven som har ansvar for kva sone",
    "Friminutta er ikkje tema på teamtid",
    "Leikegruppene blei avslutta i fjor",
    "Ingen fast plan for vikarar ute",
    "Elevrådet har ikkje vore spurt",
    "Vaksenrolla ute er ikkje avklara",
    "Få leiker å låna",
)
OUTSIDE = "Skulebussen kjem midt i friminuttet"
MEASURES = (
    "Leikegrupper på 6. trinn, leia av to vaksne kvar dag",
    "Faste soner med to vaksne i kvar",
    "PPT viser oss korleis me ser dei stille",
)


class Solbakken(Story):
    """`waiting` are ids of phases to come; each method goes on to a state and stays there."""

    def __init__(self) -> None:
        plan = planned(
            Plan(
                recipe="bti-system",
                name="BTI-møte",
                house="Solbakken skule",
                leader="Kari",
                minutes="60",
                people="9",
                origins="Skule, SFO",
                services="PPT, Helsestasjon, Barnevern, BUP",
                expected="\n".join(
                    f"{name}, {origin}" for name, origin in (*PEOPLE, WITHOUT_PHONE)
                ),
                own={
                    "challenge.statement": "Mange elevar på 6. trinn går åleine i friminutta.",
                    "challenge.builds_on": "Elevundersøkinga i haust, samtalar med elevrådet "
                    "og det dei vaksne ser ute.",
                },
            ),
            read_recipes(),
        ).model_dump()
        agenda = plan.pop("phases")
        super().__init__(agenda=agenda, **{**plan, "leader": LEADER, "leader_name": "Kari"})

    def come(self, *people: tuple[str, str]) -> None:
        for name, origin in people:
            self.does(name, "join", name=name, origin=origin)

    def gathers(self) -> None:
        self.come(*PEOPLE)
        name, origin = WITHOUT_PHONE
        self.does(LEADER, "add_person", name=name, origin=origin)

    def takes_roles(self) -> None:
        self.does("Jon", "take_role", role="viddevakt")
        self.does("Samira", "take_role", role="scribe")

    def asks(self, *questions: str) -> None:
        for who, question in zip(("Ola", "Per", "Ingrid"), questions, strict=False):
            self.does(who, "add_card", phase="clarifying", text=question)

    def agrees(self) -> None:
        self.does("Samira", "word", phase="status-quo", text=SENTENCE)
        self.does(LEADER, "settle", phase="status-quo", seen=self.meeting.place)

    def finds(self, count: int) -> list[int]:
        """So many factors; the last of them is outside our reach."""
        who = ("Ola", "Samira", "Ingrid", "Per", "Jon", PEOPLE[5][0])
        cards = [
            self.does(
                who[i % len(who)],
                "add_card",
                phase="factors",
                text=FACTORS[i % len(FACTORS)] + (f" ({i})" if i >= len(FACTORS) else ""),
            )
            for i in range(count - 1)
        ]
        self.does("Per", "add_card", phase="factors", text=OUTSIDE, ours=False)
        return cards

    def gives_dots(self, cards: list[int]) -> None:
        for i, (name, _) in enumerate(PEOPLE):
            mine = tuple(sorted({cards[i % 3], cards[(i + 1) % 4], cards[0]}))
            self.does(name, "give_dots", phase="choose", cards=mine)

    def proposes(self) -> list[int]:
        who = ("Ola", "Samira", "Ingrid")
        return [
            self.does(name, "add_card", phase="measures", text=text)
            for name, text in zip(who, MEASURES, strict=True)
        ]

    def plans(self, card: int, **agreed: str) -> None:
        self.does(LEADER, "decide", phase="summary", card=card)
        if agreed:
            self.does(LEADER, "plan_decision", phase="summary", card=card, **agreed)

    def answers(self) -> None:
        for i, (name, _) in enumerate(PEOPLE):
            if name in {p.id for p in self.meeting.here} or True:
                given = {
                    "worked/words": "Alle fekk snakka, og me kom fram til noko konkret",
                    "better/words": "Meir tid til tiltaka",
                    "structure": "yes" if i % 3 else "partly",
                    "useful": "yes",
                    "next/words": "Ta med elevrådet sine svar",
                }
                self.does(name, "answer", phase="evaluate", answers=given)


AGREED = {
    "who": "Eva og Samira",
    "when": "frå måndag 7. desember",
    "form": "tries",
    "service": "PPT",
    "meet": "torsdag 3. desember",
    "evaluate_when": "personalmøtet 1. februar",
    "evaluate_who": "Eva saman med PPT",
    "evaluate_how": "Me tel kor mange som går åleine, tre dagar",
}


def show(
    page: Page, story: Story, screen: Any, who: str = "", code: str = "", **around: Any
) -> None:
    """The page's component draws the story's picture, as if the server had sent it."""
    where = Around(
        Door("K7P 3QX", f"/qr/{code}.svg", "192.168.1.20:8080"),
        **{
            "room": "/room/1",
            "papers": "/papers/1",
            "phone": "/phone",
            "lead": "/lead/1",
            **around,
        },
    )
    m = story.meeting
    inside = screen != "phone" or who in {p.id for p in m.here}
    shared = screens.shared(m, screen, where) if inside else screens.door(m)
    own = screens.own(m, screen, who or m.leader, "") if screen != "lead" else {}
    page.evaluate(
        HAND_OVER,
        {
            "v": 1,
            "now": story.at,
            "place": m.place,
            "lang": "nn",
            "me": who or None,
            "name": m.name(who),
            "blocks": picture({**shared, **own}, "nn"),
            "keys": list(shared),
            "own": list(own),
            "words": words("nn"),
            "held": False,
            "stored": m.n,
        },
    )


# The page listens to nobody but the story from the first picture on.
HAND_OVER = """(picture) => {
  const screen = Object.values(mounted_app.$refs).flat().find((one) => one?.snap);
  for (const event of ['snap', 'patch', 'gone', 'disconnect', 'connect']) screen.sock.off(event);
  screen.fresh = false;
  for (const key of Object.keys(screen.blocks)) delete screen.blocks[key];
  screen.snap(picture);
}"""
