"""How far a program has come: counts over the conversations that hold.

In:  the doors handed out, and CONVERSATIONS and RESPONSES of the log.
Out: Progress: totals, and tables by result, by answer and by packet.

Every conversation is one attempt. Answers are counted as they stand: a person who was
asked twice counts once, with the latest answer.
"""

from dataclasses import astuple, dataclass

import pyarrow as pa

from groundgame.canvass.results import RESULTS
from groundgame.tables import CONVERSATIONS, RESPONSES, ask

_MARKED = """
    select talk.*, coalesce(contact, false) as contact, coalesce(done, false) as done
    from conversations talk left join results on talk.result = results.id
"""
_TOTALS = """
    select count(*) as attempts,
        count(*) filter (contact) as contacts,
        count(distinct door_id) as attempted,
        (select count(distinct door_id) from handed_out) as doors,
        (select count(*) from (
            select door_id from marked group by door_id having arg_max(done, position)
        )) as done
    from marked
"""
_BY_RESULT = """
    select marked.result, count(*) as attempts
    from marked left join results on marked.result = results.id
    group by marked.result, place order by place nulls last, marked.result
"""
_BY_PACKET = """
    select packet_id, coalesce(handed.doors, 0) as doors,
        coalesce(attempted, 0) as attempted, coalesce(attempts, 0) as attempts,
        coalesce(contacts, 0) as contacts
    from (
        select packet_id, count(distinct door_id) as doors
        from handed_out group by packet_id
    ) handed full join (
        select packet_id, count(distinct door_id) as attempted, count(*) as attempts,
            count(*) filter (contact) as contacts
        from marked group by packet_id
    ) using (packet_id)
    order by packet_id
"""
_STANDING = """
    select * from responses where person_id is not null
    qualify row_number() over (
        partition by person_id, question order by position desc
    ) = 1
    order by person_id, question
"""
_BY_ANSWER = f"""
    select question, answer, count(*) as people from ({_STANDING})
    group by question, answer order by question, answer
"""  # noqa: S608  # the inner part is the constant above


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of what was done. The tables' columns are named beside them."""

    doors: int
    """Doors that were handed out."""
    attempted: int
    """Doors that were knocked on at least once."""
    done: int
    """Doors at which nobody needs to knock again on this pass."""
    attempts: int
    contacts: int
    by_result: pa.Table
    """result, attempts; in the order of RESULTS."""
    by_answer: pa.Table
    """question, answer, people."""
    by_packet: pa.Table
    """packet_id, doors, attempted, attempts, contacts; untouched packets as well."""

    @property
    def contact_rate(self) -> float | None:
        """Contacts as a share of attempts, from 0 to 1; None before the first one."""
        return self.contacts / self.attempts if self.attempts else None


def progress(
    handed_out: pa.Table, conversations: pa.Table, responses: pa.Table
) -> Progress:
    """Count.

    Args:
        handed_out: One row a packet and door, columns packet_id and door_id. Packets in
            which nothing was recorded yet belong in it.
        conversations: CONVERSATIONS that hold.
        responses: RESPONSES in them.
    """
    inputs = {
        "handed_out": handed_out,
        "conversations": CONVERSATIONS.conform(conversations),
        "results": _results(),
    }
    marked = inputs | {"marked": ask(_MARKED, inputs)}
    totals: dict[str, int] = ask(_TOTALS, marked).to_pylist()[0]
    return Progress(
        **totals,
        by_result=ask(_BY_RESULT, marked),
        by_answer=ask(_BY_ANSWER, {"responses": RESPONSES.conform(responses)}),
        by_packet=ask(_BY_PACKET, marked),
    )


def standing_answers(responses: pa.Table) -> pa.Table:
    """Return the RESPONSES that stand: the latest of each person and question."""
    told = RESPONSES.conform(responses)
    return RESPONSES.conform(ask(_STANDING, {"responses": told}))


def _results() -> pa.Table:
    """Return the result codes as a table."""
    columns = zip(*map(astuple, RESULTS.values()), strict=True)
    names = ["id", "name", "contact", "done"]
    known = pa.table(dict(zip(names, map(list, columns), strict=True)))
    return known.append_column("place", pa.array(range(len(RESULTS))))
