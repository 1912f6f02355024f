"""Public texts that give no signal, for `heed model train`: what no customer in trouble says.

A model that has only read tickets hears danger in "My desk faces the garden", as it has never read a remark about a desk. Public texts are full
of such remarks and have no labels for signals. This adds `"signals": []` to those that hold none of the words below, which is a third to a half of
them: words near any signal are left out rather than guessed at. Of the texts with a feeling only neutral and positive ones count, and half of
those, drawn with a seed.

Texts of sources that may be measured with but not trained on are left out.

    python3 Deploy/model/quiet.py < train/intent.ndjson > intent-quiet.ndjson
"""
import json
import random
import re
import sys

NEAR_A_SIGNAL = re.compile(
    # Somebody else's hands, life and limb, money and law.
    r"hack|fraud|scam|stol|steal|phish|unauthor|recogni|someone else|somebody|suspicious|compromis|identity|kill|suicid|\bdie|dead|death|dying|"
    r"end it|hurt|harm|\bcut|alive|\bhang|jump|pill|cry|tears|desperat|panic|help me|afraid|scare|hopeless|overwhelm|anxi|depress|devastat|"
    r"miserabl|beg|\blaw|\bsue|court|police|legal|attorney|chargeback|dispute|ombud|report|burn|fire|shock|smok|injur|blood|bleed|allerg|"
    r"poison|chok|hospital|explod|danger|sick|vomit|pain|rash|emergenc|"
    # Insults, and what is nobody's business.
    r"idiot|stupid|moron|fuck|shit|ass\b|asshole|bitch|dumb|scum|pathetic|incompet|bastard|loser|liar|thie|crook|hate|crap|damn|hell\b|cancer|"
    r"pregnan|\bbab|disab|illness|disease|divorc|funeral|passed away|debt|diabet|gay|trans|sex|medic|doctor|surger|adhd|autis|miscarr|"
    r"wheelchair|asthma|therap|health|bankrupt|widow|mental|abus|years? old|\bi'?m 1|\bmy (mom|mum|dad|parents|teacher)|school|kid|child|teen|"
    r"\bson\b|daughter|journal|newspaper|press|reporter|media|viral|follower|influenc|article|magazine|"
    # Again, people, machines, not understanding, having enough.
    r"again|still|already|third|second time|twice|times|repl|respon|follow|waiting|contacted|called|emailed|\byet\b|human|person|agent|"
    r"representative|someone|call|speak|talk|manager|supervisor|operator|\breal\b|ignore|instruct|system|prompt|pretend|approve|overrid|"
    r"\bbots?\b|\bai\b|robot|machine|confus|understand|don'?t get|mean\b|unclear|huh|sense|exception|waive|goodwill|compens|stop|unsub|"
    r"opt\b|leav|competitor|never|switch|close|delete|wtf|annoy|frustrat|angry|upset|ridicul|worst|awful|terribl|unaccept|problem|issue|"
    r"wrong|\bcan'?t\b|cannot|won'?t|didn'?t|doesn'?t|not work",
    re.IGNORECASE)
# The UCI labelled sentences: free for research, "ask before a product is trained on them".
ONLY_FOR_MEASURING = "uci_"
SIGNALS_BY_THEMSELVES = {"contact_human", "complaint", "delete_account"}


def is_quiet(row, draw):
    if NEAR_A_SIGNAL.search(row["text"]):
        return False
    if "intent" in row:
        return row["intent"] not in SIGNALS_BY_THEMSELVES
    return row.get("sentiment") in ("neutral", "positive") and draw.random() < 0.5


def main():
    draw = random.Random(5)
    for line in sys.stdin:
        row = json.loads(line)
        if row["source"].startswith(ONLY_FOR_MEASURING):
            continue
        if is_quiet(row, draw):
            row["signals"] = []
        print(json.dumps(row, ensure_ascii=False))


main()
