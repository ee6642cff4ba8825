"""The sentences of each rule, a module for each group, so that a new rule's sentences are added in
one place."""

from interviews.rules import Rule
from interviews.text.by_rule import contacts, interview, results, waits
from interviews.text.by_rule.base import RuleText

TEXTS: dict[Rule, RuleText] = {
    **interview.TEXTS,
    **waits.TEXTS,
    **contacts.TEXTS,
    **results.TEXTS,
}
