#!/usr/bin/env python3
"""Checks the schemas of events and policies, their examples, the policies we ship, and events as a program writes them.

    check.py                    every schema, every example under examples/, and every document in Deploy/policies
    check.py --stream FILE ...  events as NDJSON, one structured CloudEvent a line; - or nothing is standard input

Exit 0: all is well. Exit 1: something is not, and each line says what and where; no line quotes a value, since values
are words of customers. Exit 2: usage.

An example under invalid/ must be refused by its schema or by one of the rules below that JSON Schema cannot express.
Which code the decoder gives for it is in its file name and is checked by the Swift tests. An invalid policy says in its
first line where it is refused, and must be refused there and nowhere else: one fault each.
"""

import argparse
import collections
import datetime
import json
import pathlib
import re
import sys

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

HERE = pathlib.Path(__file__).resolve().parent
DEPTH_MAX = 64
VALUE_BYTES_MAX = 1_048_576
BROADCASTS = {"heed.disruption.declared.v1", "heed.time.passed.v1", "heed.experiment.stopped.v1"}
EXAMPLES_MIN = {"valid": 2, "invalid": 3}
POLICIES = HERE.parent / "Deploy" / "policies"


class Refused(Exception):
    """Why a line is no valid event. Holds names of rules and of fields in our schemas, never a value."""


# --- Strict JSON: what a lenient parser would let pass, and readers would disagree about


def parse(line: bytes):
    """One JSON document without duplicate keys, in UTF-8, within the limits of the decoder."""
    if len(line) > VALUE_BYTES_MAX:
        raise Refused("longer than 1 MiB")
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=without_duplicates, parse_constant=no_constant)
        deep = depth(value) > DEPTH_MAX
    except UnicodeDecodeError as error:
        raise Refused(f"no UTF-8 at byte {error.start}") from None
    except RecursionError:
        deep = True
    except ValueError as error:  # json.JSONDecodeError says where; other ValueErrors are numbers beyond all measure.
        raise Refused(f"no JSON at character {getattr(error, 'pos', '?')}") from None
    if deep:
        raise Refused(f"nested deeper than {DEPTH_MAX}")
    return value


def without_duplicates(pairs):
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Refused("a field stands twice in one object")
    return fields


def no_constant(_):
    raise Refused("NaN and Infinity are no JSON")


def depth(value) -> int:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if children is None else 1 + max(map(depth, children), default=0)


# --- Rules beyond JSON Schema


formats = FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def exists(value) -> bool:
    """The calendar behind the pattern: no 29 February in a common year, no year outside the decoder's range."""
    if not isinstance(value, str) or len(value) < 10:
        return True  # The pattern speaks about those.
    return 1678 <= datetime.date.fromisoformat(value[:10]).year <= 2261


def check_keys(event) -> None:
    """The record's key decides the order, so it must be the customer of an input and the subject of an output."""
    key, data = event.get("partitionkey"), event.get("data")
    if "causationid" in event:
        if key != event["subject"]:
            raise Refused("partitionkey: is not the subject")
    elif key is not None and event["type"] not in BROADCASTS and "customerId" in data and key != data["customerId"]:
        raise Refused("partitionkey: is not data.customerId")


# --- Schemas


def load() -> dict[str, dict]:
    return {path.stem: json.loads(path.read_bytes()) for path in sorted(HERE.glob("*.json"))}


def compile_validators(schemas: dict[str, dict], start: str = "heed.") -> dict[str, Draft202012Validator]:
    """A validator for each event type. References are resolved among our files; nothing is fetched."""
    resources = [(f"{name}.json", Resource(schema, DRAFT202012)) for name, schema in schemas.items()]
    registry = Registry().with_resources(resources).crawl()
    return {
        name: Draft202012Validator(schema, registry=registry, format_checker=formats)
        for name, schema in schemas.items()
        if name.startswith(start)
    }


def check_event(line: bytes, validators, expected_type: str | None = None) -> str:
    """The type of the event, if it is valid; otherwise raises Refused."""
    event = parse(line)
    kind = expected_type or (event.get("type") if isinstance(event, dict) else None)
    if not isinstance(kind, str) or kind not in validators:
        raise Refused("type: no schema for it")
    errors = list(validators[kind].iter_errors(event))
    if errors:
        raise Refused(explain(best_match(errors)))
    check_keys(event)
    return kind


def explain(error) -> str:
    """Where and which rule, without the message of jsonschema, which quotes the value."""
    place = error.json_path.removeprefix("$").removeprefix(".") or "the event"
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f"{place}: lacks {', '.join(missing)}"
    if error.validator in ("const", "enum", "type", "minItems", "maxItems", "minimum", "maximum"):
        return f"{place}: must be {error.validator} {json.dumps(error.validator_value)}"
    if error.validator is None:  # The schema `false`.
        return f"{place}: has a field that must not be there"
    if error.validator == "additionalProperties":
        return f"{place}: has a field that is not in the schema"
    return f"{place}: breaks {error.validator}"


# --- Policies, and the cases beside them


class Document(yaml.SafeLoader):
    """YAML as the loader of policies and editors read it: true and false are flags, and no time of day is a number."""


Document.yaml_implicit_resolvers = {}
for tag, pattern, starts in (
    ("bool", r"^(true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]+[.][0-9]+$", "-+0123456789"),
    ("merge", r"^<<$", "<"),
):
    Document.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(starts))


def read_document(path):
    try:
        return yaml.load(path.read_text(), Document)
    except yaml.MarkedYAMLError as error:
        raise Refused(f"no YAML at line {error.problem_mark.line + 1}") from None


def policy_errors(path, validator) -> list:
    """What the schema says against a document; each with its place."""
    return sorted(validator.iter_errors(read_document(path)), key=lambda error: error.json_path)


def check_policies(schemas: dict[str, dict], counts: collections.Counter) -> list[str]:
    validators = compile_validators(schemas, start="policy.")
    failures = []
    for path in sorted(POLICIES.glob("*.yaml")):
        name = "policy.cases" if path.name.endswith(".cases.yaml") else "policy"
        try:
            failures += [f"{path.name}: {explain(error)}" for error in policy_errors(path, validators[f"{name}.schema"])]
        except Refused as reason:
            failures.append(f"{path.name}: {reason}")
        counts[name, "shipped"] += 1
    for name in ("policy", "policy.cases"):
        for kind, least in EXAMPLES_MIN.items():
            paths = sorted((HERE / "examples" / name / kind).glob("*.yaml"))
            if len(paths) < least:
                failures.append(f"examples/{name}/{kind}: {len(paths)} examples, at least {least} needed")
            for path in paths:
                counts[name, kind] += 1
                problem = check_policy_example(path, kind, validators[f"{name}.schema"])
                if problem:
                    failures.append(f"{path.relative_to(HERE)}: {problem}")
    return failures


def check_policy_example(path, kind, validator) -> str | None:
    try:
        errors = policy_errors(path, validator)
    except Refused as reason:
        return str(reason)
    if kind == "valid":
        return explain(errors[0]) if errors else None
    place = path.read_text().partition("\n")[0].removeprefix("# refused at ")
    found = sorted({error.json_path for error in errors})
    return None if found == [place] else f"must be refused at {place} alone, and is at {', '.join(found) or 'no place'}"


# --- The two commands


def check_schemas_and_examples() -> int:
    schemas, failures = load(), []
    for name, schema in schemas.items():
        for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema):
            failures.append(f"{name}.json: no JSON Schema 2020-12 at {error.json_path}")
        if schema.get("$id") != f"{name}.json":
            failures.append(f"{name}.json: $id must be the name of the file")
        failures += undescribed(schema, f"{name}.json")
    validators = compile_validators(schemas)
    codes = schemas["heed.dead_letter.v1"]["properties"]["code"]["enum"]
    counts = collections.Counter()

    for name in validators:
        if schemas[name]["properties"]["type"].get("const") != name:
            failures.append(f"{name}.json: type must be the name of the file")
        for kind, least in EXAMPLES_MIN.items():
            paths = sorted((HERE / "examples" / name / kind).glob("*.json"))
            if len(paths) < least:
                failures.append(f"examples/{name}/{kind}: {len(paths)} examples, at least {least} needed")
            for path in paths:
                counts[name, kind] += 1
                problem = check_example(path, name, kind, validators, codes)
                if problem:
                    failures.append(f"{path.relative_to(HERE)}: {problem}")
    for stray in sorted(set((HERE / "examples").glob("**/*.json")) - expected_files(validators)):
        failures.append(f"{stray.relative_to(HERE)}: belongs to no event type")
    failures += check_policies(schemas, counts)

    for name in [*validators, "policy", "policy.cases"]:
        print(f"{name:32} {counts[name, 'valid']:3} valid {counts[name, 'invalid']:3} invalid")
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(schemas)} schemas, {counts.total()} examples and documents, {len(failures)} failures")
    return 1 if failures else 0


def expected_files(validators) -> set[pathlib.Path]:
    folders = [HERE / "examples" / name / kind for name in validators for kind in EXAMPLES_MIN]
    return {path for folder in folders for path in folder.glob("*.json")}


def check_example(path, name, kind, validators, codes) -> str | None:
    content = path.read_bytes()
    if not content.endswith(b"\n") or content.count(b"\n") != 1:
        return "must be one line that ends with a line feed"
    if kind == "invalid" and path.name.split(".")[0] not in codes:
        return "the name must begin with the code that the decoder gives"
    try:
        check_event(content[:-1], validators, expected_type=name)
    except Refused as reason:
        return str(reason) if kind == "valid" else None
    return None if kind == "valid" else "must be refused, and is not"


def undescribed(schema, place: str) -> list[str]:
    """The fields that no description explains. What stands under if, then, anyOf and the like only narrows fields."""
    if isinstance(schema, list):
        return [failure for child in schema for failure in undescribed(child, place)]
    if not isinstance(schema, dict):
        return []
    failures = [
        f"{place}: no description of {field}"
        for field, rule in schema.get("properties", {}).items()
        if isinstance(rule, dict) and not {"description", "$ref"} & rule.keys()
    ]
    for key, child in schema.items():
        if key not in ("if", "then", "else", "anyOf", "allOf"):
            failures += undescribed(child, f"{place}/{key}")
    return failures


def check_stream(names: list[str]) -> int:
    validators = compile_validators(load())
    counts, failures = collections.Counter(), 0
    for name in names or ["-"]:
        with sys.stdin.buffer if name == "-" else open(name, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    counts[check_event(line.rstrip(b"\r\n"), validators)] += 1
                except Refused as reason:
                    failures += 1
                    print(f"{name}:{number}: {reason}", file=sys.stderr)
    for name in sorted(counts):
        print(f"{name:32} {counts[name]:7} valid")
    print(f"{counts.total() + failures} events, {failures} failures")
    return 1 if failures else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks schemas, their examples, policies, and events.")
    parser.add_argument("--stream", nargs="*", metavar="FILE", help="check NDJSON events; - or nothing: standard input")
    arguments = parser.parse_args()
    return check_schemas_and_examples() if arguments.stream is None else check_stream(arguments.stream)


if __name__ == "__main__":
    sys.exit(main())
