"""Who was tried how often, and what they answered: what a rule may ask of the log.

In:  CONVERSATIONS and RESPONSES, of the conversations that hold.
Out: ATTEMPTS, one row a door and person; ANSWERS, one row a person and question.

Which attempt was the last is told by the order of receipt, and so is which answer
stands. A conversation that was withdrawn is not in the tables that come in.
"""

import pyarrow as pa

from groundgame.canvass.progress import standing_answers
from groundgame.tables import ANSWERS, ATTEMPTS, CONVERSATIONS, ask

_TRIED = """
    select door_id, person_id, count(*) as attempts,
        arg_max(result, position) as last_result, max(day) as last_day,
        max(position) as position
    from conversations group by door_id, person_id
    order by door_id, person_id nulls first
"""


def tried(conversations: pa.Table) -> pa.Table:
    """Return ATTEMPTS: how often each was tried, when last, and with which result.

    An attempt at nobody in particular has a row of its own, without a person. The last
    day is the latest that is known; if no day is known there is none.

    Args:
        conversations: CONVERSATIONS that hold.
    """
    told = CONVERSATIONS.conform(conversations)
    return ATTEMPTS.conform(ask(_TRIED, {"conversations": told}))


def answered(responses: pa.Table) -> pa.Table:
    """Return ANSWERS: of each person and question the answer that stands.

    Args:
        responses: RESPONSES in the conversations that hold.
    """
    return ANSWERS.conform(standing_answers(responses).select(ANSWERS.names))
