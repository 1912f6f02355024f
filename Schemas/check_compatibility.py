#!/usr/bin/env python3
"""Checks that the schemas break nobody who relied on them as they were when the last version was tagged.

    check_compatibility.py               against the last tag that leads here
    check_compatibility.py --against REV against another commit

README.md says what may change within a version and what makes a new one. Exit 0: nothing breaks, or there is no git, no
repository or no tag to compare with, which it says. Exit 1: each line says what breaks, and for whom. Exit 2: usage.
"""

import argparse
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
# What says nothing about which documents are valid.
WORDS = {"$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default", "deprecated"}
LARGEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
SMALLEST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
KNOWN = {"type", "enum", "const", "required", "properties", "additionalProperties", "items", "anyOf", *LARGEST, *SMALLEST}


class Schemas:
    """Schemas that refer to each other, by the names of their files."""

    def __init__(self, documents: dict[str, dict]):
        self.documents = documents

    def resolve(self, reference: str, file: str):
        """What a reference leads to, and in which file."""
        name, _, pointer = reference.partition("#")
        target = self.documents[name or file]
        for step in pointer.split("/")[1:]:
            target = target[step.replace("~1", "/").replace("~0", "~")]
        return target, name or file

    def flat(self, rule, file: str) -> dict:
        """A rule with what `$ref` and `allOf` put beside it, without words. Each rule in it carries its file along."""
        if rule is True or rule == {}:
            return {}
        if rule is False:
            return {"enum": []}
        result: dict = {}
        for key, value in rule.items():
            if key in WORDS or key in ("$ref", "allOf"):
                continue
            if key == "properties":
                value = {name: [(child, file)] for name, child in value.items()}
            elif key in ("items", "additionalProperties") and isinstance(value, dict):
                value = [(value, file)]
            elif key == "anyOf":
                value = [[(child, file) for child in value]]
            result[key] = value
        others = [self.resolve(rule["$ref"], file)] if "$ref" in rule else []
        for other, place in others + [(child, file) for child in rule.get("allOf", [])]:
            result = both(result, self.flat(other, place))
        return result

    def all_of(self, rules: list) -> dict:
        """What several rules for one place say together."""
        result: dict = {}
        for rule, file in rules:
            result = both(result, self.flat(rule, file))
        return result

    def alternatives(self, rule: dict) -> list[dict]:
        """A flat rule without `anyOf`: once for each way in which that can be met."""
        choices = rule.get("anyOf", [])
        results = [{key: value for key, value in rule.items() if key != "anyOf"}]
        for choice in choices:
            results = [both(result, self.flat(child, file)) for result in results for child, file in choice]
        return [result for each in results for result in (self.alternatives(each) if "anyOf" in each else [each])]


def both(a: dict, b: dict) -> dict:
    """Two flat rules that hold at once."""
    result = dict(a)
    for key, value in b.items():
        if key not in result or result[key] == value:
            result[key] = value
        elif key == "required":
            result[key] = sorted({*result[key], *value})
        elif key == "properties":
            result[key] = {name: result[key].get(name, []) + value.get(name, []) for name in {*result[key], *value}}
        elif key == "anyOf" or (key == "items" and isinstance(value, list)):
            result[key] = result[key] + value
        elif key in LARGEST:
            result[key] = min(result[key], value)
        elif key in SMALLEST:
            result[key] = max(result[key], value)
        elif key == "additionalProperties":
            result[key] = False if value is False or result[key] is False else value
        elif key == "type":
            result[key] = [kind for kind in kinds(result[key]) if kind in kinds(value)]
        elif key in ("enum", "const"):
            result["enum"] = [word for word in words(result) if word in words({key: value})]
        else:
            # Two rules of a kind that is only compared, such as two patterns.
            result[key + " "] = value
    return result


def kinds(value) -> list[str]:
    return value if isinstance(value, list) else [value]


def words(rule: dict) -> list | None:
    """The closed list of values, if the rule has one."""
    if "const" in rule and "enum" in rule:
        return [word for word in rule["enum"] if word == rule["const"]]
    return [rule["const"]] if "const" in rule else rule.get("enum")


class Comparison:
    """Whether everything that `narrow` takes is taken by `wide`, but for fields that only `narrow` speaks of.

    Of what Heed reads the old is the narrow one: what was good stays good. Of what it writes the new is: nothing comes that
    a reader of the old could not expect.
    """

    def __init__(self, narrow: Schemas, wide: Schemas, is_read: bool):
        self.narrow, self.wide, self.is_read = narrow, wide, is_read
        self.under_way: set[str] = set()

    def compare(self, narrow: list, wide: list, place: str) -> list[str]:
        pair = json.dumps([narrow, wide], sort_keys=True)
        if pair in self.under_way:
            return []
        self.under_way.add(pair)
        failures: list[str] = []
        for one in self.narrow.alternatives(self.narrow.all_of(narrow)):
            if one.get("type") == [] or words(one) == []:
                continue  # An alternative that nothing can meet.
            tries = [self.fits(one, other, place) for other in self.wide.alternatives(self.wide.all_of(wide))]
            failures += min(tries, key=len)
        self.under_way.remove(pair)
        return list(dict.fromkeys(failures))

    def fits(self, narrow: dict, wide: dict, place: str) -> list[str]:
        return (self.values(narrow, wide, place) + self.bounds(narrow, wide, place) + self.fields(narrow, wide, place)
                + self.elements(narrow, wide, place) + self.rest(narrow, wide, place))

    def values(self, narrow, wide, place):
        failures = []
        allowed, found = words(wide), words(narrow)
        if allowed is not None and (found is None or any(word not in allowed for word in found)):
            more = "any value" if found is None else ", ".join(json.dumps(word) for word in found if word not in allowed)
            failures.append(f"{place}: {more} {'is not taken any more' if self.is_read else 'may come now'}")
        if "type" in wide and allowed is None:
            given = {*kinds(narrow["type"])} if "type" in narrow else {kind_of(word) for word in found or []}
            taken = {*kinds(wide["type"]), *(["integer"] if "number" in kinds(wide["type"]) else [])}
            if not given or given - taken:
                more = ", ".join(sorted(given - taken)) or "any type"
                failures.append(f"{place}: {more} {'is not taken any more' if self.is_read else 'may come now'}")
        return failures

    def bounds(self, narrow, wide, place):
        changed = "is narrower than it was" if self.is_read else "is wider than it was"
        return [
            f"{place}: {key} {changed}"
            for keys, exceeds in ((LARGEST, lambda a, b: a > b), (SMALLEST, lambda a, b: a < b))
            for key in keys
            if key in wide and not words(narrow) and (key not in narrow or exceeds(narrow[key], wide[key]))
        ]

    def fields(self, narrow, wide, place):
        failures = []
        for name in sorted(set(wide.get("required", [])) - set(narrow.get("required", []))):
            failures.append(f"{place}: {name} {'must be there now' if self.is_read else 'may be missing now'}")
        ours, others = narrow.get("properties", {}), wide.get("properties", {})
        for name in sorted(ours.keys() & others.keys()):
            failures += self.compare(ours[name], others[name], f"{place}.{name}")
        old, new = (ours, others) if self.is_read else (others, ours)
        failures += [f"{place}: {name} is gone" for name in sorted(old.keys() - new.keys())]
        return failures + self.others(narrow, wide, place)

    def others(self, narrow, wide, place):
        """Fields without a rule of their own. That new ones come in what is written, every reader must bear."""
        given, taken = narrow.get("additionalProperties", True), wide.get("additionalProperties", True)
        if taken is False:
            return [f"{place}: other fields are not taken any more"] if self.is_read and given is not False else []
        if isinstance(taken, list) and given is not False:
            return self.compare(given if isinstance(given, list) else [], taken, f"{place}.*")
        return []

    def elements(self, narrow, wide, place):
        if "items" not in wide or "array" not in kinds(narrow.get("type", "array")):
            return []
        return self.compare(narrow.get("items", []), wide["items"], f"{place}[]")

    def rest(self, narrow, wide, place):
        """Patterns, conditions and the like cannot be weighed against each other: they must stay."""
        if words(narrow) is not None:
            return []
        return [
            f"{place}: {key.strip()} has changed" for key in sorted(wide.keys() - KNOWN)
            if wide[key] not in [narrow.get(key), narrow.get(key + " ")]
        ]


def kind_of(word) -> str:
    return {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null", list: "array",
            dict: "object"}[type(word)]


def breaks(old: dict[str, dict], new: dict[str, dict]) -> list[str]:
    """Everything in `new` that breaks who relied on `old`; both by name of the file."""
    failures = []
    for name in sorted(old):
        if name == "common.json":
            continue  # Definitions count where they are referred to.
        if name not in new:
            failures.append(f"{name} is gone")
            continue
        # What Heed writes is closed; policies are closed, too, but written by people.
        is_read = old[name].get("additionalProperties") is not False or name.startswith("policy.")
        before, now = Schemas(old), Schemas(new)
        narrow, wide = (before, now) if is_read else (now, before)
        found = Comparison(narrow, wide, is_read).compare(
            [(narrow.documents[name], name)], [(wide.documents[name], name)], name.removesuffix(".json"))
        failures += [f"{failure} (breaks who {'writes' if is_read else 'reads'} it)" for failure in found]
    return failures


# --- Where the old ones are


def git(*arguments: str) -> str | None:
    """What git says; nothing if there is no git, or it has nothing to say."""
    try:
        run = subprocess.run(["git", "-C", str(HERE), *arguments], capture_output=True, text=True)
    except OSError:
        return None
    return run.stdout if run.returncode == 0 else None


def at(revision: str) -> dict[str, dict] | None:
    """The schemas beside this file as they were; nothing if there is no such revision."""
    listing = git("ls-tree", "--name-only", revision, "./")
    if listing is None:
        return None
    names = [name for name in listing.splitlines() if name.endswith(".json") and "/" not in name]
    return {name: json.loads(git("show", f"{revision}:./{name}")) for name in names}


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks that the schemas break nobody who relied on them.")
    parser.add_argument("--against", metavar="REV", help="compare with this commit and not with the last tag")
    arguments = parser.parse_args()
    revision = arguments.against or (git("describe", "--tags", "--abbrev=0") or "").strip()
    if not revision:
        print("compatibility: nothing to compare with, no version is tagged")
        return 0
    old = at(revision)
    if old is None:
        parser.error(f"there is no revision {revision}")
    new = {path.name: json.loads(path.read_bytes()) for path in sorted(HERE.glob("*.json"))}
    failures = breaks(old, new)
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"compatibility: {len(old)} schemas of {revision}, {len(failures)} breaks")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
