"""What one more vote, or one mind changed, cost in hours and in money.

What was gained is the effect times how many were assigned (or reached, where reached
people were compared). The price has an interval as the effect has: of an effect that
may be nothing there is no highest price.
"""

from dataclasses import dataclass

from groundgame.experiment.effects import Arm


@dataclass(frozen=True, slots=True)
class Price:
    """What one more cost of something: the best guess, the least, the most.

    None is a price that nobody can give: nothing may have been gained.
    """

    of: str
    """'hours', or a currency."""
    guess: float | None
    least: float | None
    most: float | None


def price(arm: Arm, assigned: int, reached: int, spent: float, of: str) -> Price:
    """Return the price of one more.

    Args:
        arm: What an arm did.
        assigned: How many were assigned to it.
        reached: How many of those were reached.
        spent: What was spent on it.
        of: Of what.
    """
    told, base = (arm.placebo, reached) if arm.placebo else (arm.told, assigned)
    low, high = told.ci

    def one(effect: float) -> float | None:
        return spent / (effect * base) if effect > 0 and base else None

    return Price(of, one(told.estimate), one(high), one(low))


def say(bought: Price, gain: str) -> str:
    """Say a price, as a sentence without its end."""
    if bought.least is None:
        return f"no {gain} was gained that could be given a price in {bought.of}"
    most = "no known limit" if bought.most is None else _many(bought.most, bought.of)
    said = f"one more {gain} cost between {_many(bought.least, bought.of)} and {most}"
    if bought.guess is None:
        return said
    return f"{said}; the best guess is {_many(bought.guess, bought.of)}"


def _many(amount: float, of: str) -> str:
    """Say an amount."""
    return f"{amount:,.1f} {of}" if amount < 100 else f"{amount:,.0f} {of}"  # noqa: PLR2004  # above a hundred tenths say nothing
