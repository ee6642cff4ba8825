"""What is said of each rule, a module for each group of them. Whoever adds a rule adds its
sentences in one place."""

from interviews.rules import Rule
from interviews.text.by_rule import contacts, interview, results, waits
from interviews.text.by_rule.base import RuleText

TEXTS: dict[Rule, RuleText] = {
    **interview.TEXTS,
    **waits.TEXTS,
    **contacts.TEXTS,
    **results.TEXTS,
}
