"""Laws of the rule language: what is printed is read back, whatever is typed."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import find, given

from groundgame.errors import RuleNotUnderstood
from groundgame.universe import Rule, from_data, parse
from groundgame.universe.about_people import OneOf
from groundgame.universe.rule import All, AnyOf, Everyone
from tests.unit.universe.rules import rules, trees, words


@given(rules)
def test_every_rule_prints_as_text_that_is_read_back_as_the_same_rule(rule):
    """What a screen shows can be pasted back, and means the same."""
    assert parse(rule.text()) == rule


@given(rules)
def test_every_rule_goes_through_json_and_back(rule):
    """What is saved today is the same rule tomorrow."""
    plain = json.loads(json.dumps(rule.to_data()))

    assert from_data(plain) == rule


@given(rules)
def test_every_rule_is_one_sentence(rule):
    """Each rule can be read out."""
    sentence = rule.sentence()

    assert sentence.startswith("People ")
    assert sentence.endswith(".")


@given(rules)
def test_capital_letters_in_keywords_change_nothing(rule):
    """AND is and; only what stands in quotation marks or is a value keeps its case."""
    marked = json.dumps(rule.to_data()).lower()
    shouted = json.dumps(parse(rule.text().upper()).to_data()).lower()

    if rule.text().isascii():
        assert shouted == marked


@given(st.text(max_size=60) | rules.map(lambda rule: rule.text()[:-3]))
def test_no_text_does_anything_but_parse_or_be_refused(text):
    """Whatever is typed, the answer is a rule, or a place where it went wrong."""
    try:
        rule = parse(text)
    except RuleNotUnderstood as caught:
        refusal = caught
    else:
        assert parse(rule.text()) == rule
        return
    assert 1 <= refusal.position <= len(text) + 1
    parse(refusal.example)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "rules", "column", "values", "least", "most"]),
            inner,
        )
    ),
    max_leaves=6,
)


@given(
    json_values,
    st.sampled_from(sorted(Rule.kinds)),
    st.sampled_from(["rules", "values", "least", "most", "since", "share", "when"]),
)
def test_no_data_does_anything_but_read_or_be_refused(plain, kind, name):
    """A file that somebody edited is a rule or a ValueError, never a crash later."""
    try:
        rule = from_data({"kind": kind, name: plain, "column": "party", "on": None})
    except ValueError:
        return
    assert from_data(rule.to_data()) == rule


def _forgets_brackets(rule):
    """A planted bug: text without brackets round a group in a group."""
    if isinstance(rule, All | AnyOf):
        return f" {rule.WORD} ".join(_forgets_brackets(part) for part in rule.rules)
    return rule.text()


def _forgets_to_double_marks(rule):
    """A planted bug: quotation marks inside a value are written as they are."""
    if isinstance(rule, OneOf):
        return f'{rule.column} = "{rule.values[0]}"'
    return rule.text()


@pytest.mark.parametrize(
    ("text_of", "among"),
    [
        (_forgets_brackets, trees(st.just(Everyone()))),
        (_forgets_to_double_marks, words.map(lambda word: OneOf("party", (word,)))),
    ],
)
def test_the_round_trip_catches_what_it_is_there_to_catch(text_of, among):
    """With either bug, some rule comes back as another, or not at all."""

    def differs(rule):
        try:
            return parse(text_of(rule)) != rule
        except RuleNotUnderstood:
            return True

    caught = find(among, differs)

    assert differs(caught)
    assert parse(caught.text()) == caught
