"""Labels for made-up taxonomies: words easily confused, synonyms, and noise in spelling."""

from __future__ import annotations

import random

_NOUNS = """
bus:coach car:automobile lorry:truck bicycle:cycle tram:streetcar ferry:boat plane:aircraft
wagon:cart crane:hoist tractor:hauler fox:vixen hare:rabbit deer:stag owl:strix falcon:raptor
salmon:trout lizard:gecko spider:arachnid beetle:scarab sparrow:finch oak:quercus pine:fir
rose:briar grass:turf moss:bryophyte fern:bracken apple:pome pear:pyrus plum:damson cherry:morello
bread:loaf cheese:curd soup:broth biscuit:cookie sauce:gravy lamp:lantern chair:seat table:desk
cupboard:closet carpet:rug curtain:drape mirror:glass bottle:flask basket:hamper ladder:steps
hammer:mallet chisel:gouge pliers:tongs spade:shovel shirt:blouse jacket:coat trouser:pants
glove:mitten scarf:shawl boot:shoe bridge:viaduct tower:spire house:dwelling barn:shed
church:chapel school:college shop:store market:bazaar station:depot harbour:port road:street
path:trail canal:waterway pond:pool river:stream hill:mound cloud:haze storm:gale signal:beacon
fault:defect crack:fissure stain:smear dent:bulge scratch:scrape corrosion:rust leak:seepage
fever:pyrexia rash:eruption cough:tussis fracture:break burn:scald
"""
NOUNS = dict(each.split(":") for each in _NOUNS.split())
"""Every noun with a synonym."""

_MODIFIERS = """
red grey green blue brown black white golden silver spotted striped plain small large tall short
wide narrow round square flat curved heavy light folding fixed mobile electric manual diesel steam
wooden metal glass plastic rubber leather cotton woollen northern southern eastern western alpine
coastal desert urban rural indoor outdoor public private young adult old common rare wild tame early
late single double triple upper lower front rear left right inner outer deep shallow fast slow warm
cold wet dry raw smoked fresh frozen sweet sour bitter
"""
MODIFIERS = _MODIFIERS.split()

_TELLING = """
carried worn kept used found made grown seen sold built by near without under during after people
animals water winter summer night day market road field hand machine fire wind stone river
"""


def definition(dice: random.Random, noun: str) -> str:
    """A sentence that hardly ever comes twice."""
    return f"A {noun} that is {' '.join(dice.choices(_TELLING.split(), k=6))}."


def noisy(dice: random.Random, label: str) -> str:
    """The label as somebody else may have written it."""
    return dice.choice((_typo, _typo, _case, _number, _order, _joined))(dice, label)


def _typo(dice: random.Random, label: str) -> str:
    """One slip in a word of some length: a letter lost, doubled, swapped or hit wrongly."""
    words = label.split()
    long = [at for at, word in enumerate(words) if len(word) > 4]
    if not long:
        return label.upper()
    at = dice.choice(long)
    word, place = words[at], dice.randrange(1, len(words[at]) - 1)
    words[at] = dice.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
            word[:place] + dice.choice("aeinorst") + word[place + 1 :],
        )
    )
    return " ".join(words)


def _case(dice: random.Random, label: str) -> str:
    return dice.choice((label.upper(), label.title(), label.capitalize()))


def _number(dice: random.Random, label: str) -> str:
    """The plural, as English forms it regularly."""
    if label.endswith(("s", "x", "ch", "sh")):
        return label + "es"
    return label[:-1] + "ies" if label.endswith("ry") else label + "s"


def _order(dice: random.Random, label: str) -> str:
    first, _, rest = label.rpartition(" ")
    return f"{rest}, {first}" if first else label.title()


def _joined(dice: random.Random, label: str) -> str:
    return label.replace(" ", dice.choice(("-", "_", " / ", "  ")))
