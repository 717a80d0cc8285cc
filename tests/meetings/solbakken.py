"""The BTI meeting of Solbakken skule: nine people, state by state, as any screen would show it.

The meeting is a story (tests/core/story.py); its screens are the real pages, handed each picture as
the server would send it. So any state of a whole meeting is in view at once, and holds still.
"""

from __future__ import annotations

from playwright.sync_api import Page

from facilitator import screens
from facilitator.audience import words
from facilitator.core.frame.parts import Around, Door
from facilitator.planning import Plan, planned
from facilitator.recipes import read_recipes
from facilitator.screens import ScreenName
from facilitator.wire import picture
from tests.core.story import LEADER, Story

SENTENCE = (
    "Mange elevar på 6. trinn går åleine i friminutta, og dei vaksne ser det ofte for seint til at "
    "nokon rekk å gjera noko med det same dagen."
)
STATEMENT = "Mange elevar på 6. trinn går åleine i friminutta."
BUILDS_ON = "Elevundersøkinga i haust, samtalar med elevrådet og det dei vaksne ser ute."
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


class Solbakken(Story):
    """Each of its methods is what people do in one phase."""

    def __init__(self) -> None:
        listed = (*PEOPLE, WITHOUT_PHONE)
        own = {"challenge.statement": STATEMENT, "challenge.builds_on": BUILDS_ON}
        plan = Plan(
            recipe="bti-system",
            name="BTI-møte",
            house="Solbakken skule",
            leader="Kari",
            minutes="60",
            people="9",
            origins="Skule, SFO",
            services="PPT, Helsestasjon, Barnevern, BUP",
            expected="\n".join(f"{name}, {origin}" for name, origin in listed),
            own=own,
        )
        made = planned(plan, read_recipes()).model_dump()
        super().__init__(agenda=made.pop("phases"), **{**made, "leader": LEADER})

    def gathers(self) -> None:
        for name, origin in PEOPLE:
            self.does(name, "join", name=name, origin=origin)
        name, origin = WITHOUT_PHONE
        self.does(LEADER, "add_person", name=name, origin=origin)

    def takes_roles(self) -> None:
        self.does("Jon", "take_role", role="viddevakt")
        self.does("Samira", "take_role", role="scribe")

    def words_it(self) -> None:
        self.does("Samira", "word", phase="status-quo", text=SENTENCE)

    def settles(self) -> None:
        self.does(LEADER, "settle", phase="status-quo", seen=self.meeting.place)

    def finds(self, count: int) -> list[int]:
        """So many factors beside one that is outside our reach; their ids."""
        who = [name for name, _ in PEOPLE]
        self.does("Per", "add_card", phase="factors", text=OUTSIDE, ours=False)
        return [
            self.does(who[i % 7], "add_card", phase="factors", text=FACTORS[i % len(FACTORS)])
            for i in range(count)
        ]

    def chooses(self, factors: list[int]) -> None:
        """Three dots each, and the first two are what they begin with."""
        for i, (name, _) in enumerate(PEOPLE):
            dots = tuple({factors[0], factors[i % 3], factors[1 + i % 3]})
            self.does(name, "give_dots", phase="choose", cards=dots)
        self.does(LEADER, "show_dots", phase="choose")
        for card in factors[:2]:
            self.does(LEADER, "choose_card", phase="choose", card=card)

    def proposes(self) -> list[int]:
        who = ("Ola", "Samira", "Ingrid")
        given = zip(who, MEASURES, strict=True)
        return [self.does(n, "add_card", phase="measures", text=t) for n, t in given]

    def plans(self, card: int, **agreed: str) -> None:
        self.does(LEADER, "decide", phase="summary", card=card)
        self.does(LEADER, "plan_decision", phase="summary", card=card, **agreed)


def show(page: Page, story: Story, screen: ScreenName, code: str, who: str = "") -> None:
    """The page draws the story's picture as if the server had sent it, and hears nobody else."""
    m = story.meeting
    door = Door("K7P 3QX", f"/qr/{code}.svg", "192.168.1.20:8080")
    around = Around(door, room="/room/1", papers="/papers/1", phone="/phone", lead="/lead/1")
    inside = screen != "phone" or m.person(who) in {p.id for p in m.here}
    shared = screens.shared(m, screen, around) if inside else screens.door(m)
    own = screens.own(m, screen, m.person(who)) if screen == "phone" else {}
    snap = {
        "v": 1,
        "now": story.at,
        "place": m.place,
        "lang": "nn",
        "me": m.person(who) or None,
        "name": m.name(m.person(who)),
        "blocks": picture({**shared, **own}, "nn"),
        "keys": list(shared),
        "own": list(own),
        "words": words("nn"),
        "held": False,
        "stored": m.n,
    }
    page.evaluate(HAND_OVER, snap)


HAND_OVER = """(snap) => {
  const screen = Object.values(mounted_app.$refs).flat().find((one) => one?.snap);
  for (const event of ['snap', 'patch', 'gone', 'disconnect', 'connect']) screen.sock.off(event);
  screen.fresh = false;
  for (const key of Object.keys(screen.blocks)) delete screen.blocks[key];
  screen.snap(snap);
}"""
