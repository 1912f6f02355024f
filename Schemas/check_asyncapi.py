#!/usr/bin/env python3
"""Checks asyncapi.yaml: its structure, that every topic and every event schema stands in it, and that it invents none.

    heed topics plan | check_asyncapi.py

The structure is checked by hand, since no package on PyPI carries AsyncAPI's own schema: the fields that each object may
have and must have, and that every reference leads somewhere. Exit 0: all is well. Exit 1: each line says what and where.
"""

import itertools
import json
import pathlib
import re
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = HERE / "asyncapi.yaml"
BINDING = "0.5.0"
# Of each object: what it must have, and what else it may have. Names after the objects of the specification.
FIELDS = {
    "document": ({"asyncapi", "info"}, {"id", "servers", "defaultContentType", "channels", "operations", "components"}),
    "info": ({"title", "version"}, {"termsOfService", "contact", "license", "description", "tags", "externalDocs"}),
    "server": ({"host", "protocol"}, {"protocolVersion", "pathname", "description", "title", "summary", "variables",
                                      "security", "tags", "externalDocs", "bindings"}),
    "channel": ({"address", "messages", "bindings"}, {"title", "summary", "description", "servers", "parameters", "tags",
                                                      "externalDocs"}),
    "parameter": (set(), {"enum", "default", "description", "examples", "location"}),
    "operation": ({"action", "channel"}, {"title", "summary", "description", "security", "tags", "externalDocs",
                                          "bindings", "traits", "messages", "reply"}),
    "message": ({"name", "contentType", "bindings"}, {"headers", "payload", "correlationId", "title", "summary",
                                                      "description", "tags", "externalDocs", "examples", "traits"}),
    "kafka channel": ({"bindingVersion"}, {"topic", "partitions", "replicas", "topicConfiguration"}),
    "kafka message": ({"bindingVersion", "key"}, {"schemaIdLocation", "schemaIdPayloadEncoding",
                                                  "schemaLookupStrategy"}),
    "kafka operation": ({"bindingVersion"}, {"groupId", "clientId"}),
    "topic configuration": ({"cleanup.policy"}, {"retention.ms", "retention.bytes", "delete.retention.ms",
                                                 "max.message.bytes", "confluent.key.schema.validation",
                                                 "confluent.key.subject.name.strategy",
                                                 "confluent.value.schema.validation",
                                                 "confluent.value.subject.name.strategy"}),
}

failures: list[str] = []


def check_fields(kind: str, place: str, value) -> bool:
    required, allowed = FIELDS[kind]
    if not isinstance(value, dict):
        failures.append(f"{place}: must be an object")
        return False
    for name in sorted(required - value.keys()):
        failures.append(f"{place}: lacks {name}")
    for name in sorted(value.keys() - required - allowed):
        if not name.startswith("x-"):
            failures.append(f"{place}: {name} is no field of a {kind}")
    return required <= value.keys()


def check_kafka(kind: str, place: str, value) -> dict:
    binding = value.get("bindings", {}).get("kafka", {})
    if check_fields(f"kafka {kind}", f"{place}/bindings/kafka", binding) and binding["bindingVersion"] != BINDING:
        failures.append(f"{place}: bindingVersion must be {BINDING}")
    return binding


def references(value, place="#"):
    """Every `$ref` in the document, with where it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield place, value["$ref"]
        for key, child in value.items():
            yield from references(child, f"{place}/{key}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from references(child, f"{place}/{index}")


def resolve(document, reference: str):
    """What a reference leads to: in the document, or in a schema beside it."""
    name, _, pointer = reference.partition("#")
    target = json.loads((HERE / name).read_bytes()) if name else document
    for step in pointer.split("/")[1:]:
        target = target[step.replace("~1", "/").replace("~0", "~")]
    return target


def check_references(document) -> None:
    for place, reference in references(document):
        try:
            resolve(document, reference)
        except (OSError, ValueError, KeyError, TypeError):
            failures.append(f"{place}: {reference} leads nowhere")


def check_structure(document) -> None:
    check_fields("document", "#", document)
    if not re.fullmatch(r"3\.\d+\.\d+", str(document.get("asyncapi"))):
        failures.append("#/asyncapi: must be 3.x.y")
    check_fields("info", "#/info", document.get("info"))
    for name, server in document.get("servers", {}).items():
        check_fields("server", f"#/servers/{name}", server)
    for name, channel in document["channels"].items():
        check_channel(f"#/channels/{name}", channel)
    for name, operation in document["operations"].items():
        check_operation(document, f"#/operations/{name}", operation)
    for name, message in document["components"]["messages"].items():
        place = f"#/components/messages/{name}"
        check_fields("message", place, message)
        check_kafka("message", place, message)


def check_channel(place: str, channel) -> None:
    check_fields("channel", place, channel)
    configuration = check_kafka("channel", place, channel).get("topicConfiguration")
    check_fields("topic configuration", f"{place}/bindings/kafka/topicConfiguration", configuration)
    parameters = channel.get("parameters", {})
    if set(re.findall(r"{([^}]+)}", channel["address"])) != parameters.keys():
        failures.append(f"{place}: address and parameters do not name the same")
    for name, parameter in parameters.items():
        check_fields("parameter", f"{place}/parameters/{name}", parameter)
    for name, message in channel["messages"].items():
        if message.get("$ref") != f"#/components/messages/{name}":
            failures.append(f"{place}/messages/{name}: must refer to the component of its name")


def check_operation(document, place: str, operation) -> None:
    check_fields("operation", place, operation)
    if operation["action"] not in ("send", "receive"):
        failures.append(f"{place}/action: must be send or receive")
    if "bindings" in operation:
        check_kafka("operation", place, operation)
    channel = operation["channel"]["$ref"]
    for message in operation.get("messages", []):
        if not message["$ref"].startswith(f"{channel}/messages/"):
            failures.append(f"{place}: {message['$ref']} is no message of its channel")


def addresses(channel) -> list[str]:
    """The topics of a channel: one for each value that its parameters can have."""
    names = list(channel.get("parameters", {}))
    values = [channel["parameters"][name].get("enum", []) for name in names]
    return [channel["address"].format(**dict(zip(names, chosen))) for chosen in itertools.product(*values)]


def check_topics(document, plan: dict[str, dict[str, str]]) -> None:
    found = {}
    for channel in document["channels"].values():
        kafka = channel["bindings"]["kafka"]
        configuration = {key.removeprefix("x-"): ",".join(value) if isinstance(value, list) else str(value)
                         for key, value in kafka.get("topicConfiguration", {}).items()}
        for topic in addresses(channel):
            found[topic] = {"partitions": str(kafka.get("partitions")), **configuration}
    for topic in sorted(found.keys() ^ plan.keys()):
        words = "stands in no line of heed topics plan" if topic in found else "is missing"
        failures.append(f"#/channels: {topic} {words}")
    for topic in sorted(found.keys() & plan.keys()):
        if found[topic] != plan[topic]:
            failures.append(f"#/channels: {topic} is {found[topic]}, and {plan[topic]} in heed topics plan")


def check_schemas(document) -> None:
    """Every event has a message, every message of an event has its name, and every message stands in a channel."""
    referred = {reference.partition("#")[0].removeprefix("./") for _, reference in references(document)} - {""}
    for path in sorted(HERE.glob("heed.*.json")):
        if path.name not in referred:
            failures.append(f"#/components/messages: {path.name} stands in none")
    sent = {name for channel in document["channels"].values() for name in channel["messages"]}
    for name, message in document["components"]["messages"].items():
        if name not in sent:
            failures.append(f"#/components/messages/{name}: stands in no channel")
        for _, reference in references(message):
            if reference.startswith("./") and reference.partition("#")[0] != f"./{message['name']}.json":
                failures.append(f"#/components/messages/{name}: its schema is that of another event")
    used = {channel["channel"]["$ref"] for channel in document["operations"].values()}
    for name in document["channels"]:
        if f"#/channels/{name}" not in used:
            failures.append(f"#/channels/{name}: nobody reads or writes it")


def main() -> int:
    plan = {}
    for line in sys.stdin:
        topic, *pairs = line.split()
        plan[topic] = dict(pair.split("=", 1) for pair in pairs)
    document = yaml.safe_load(DOCUMENT.read_text())
    check_references(document)
    check_structure(document)
    check_topics(document, plan)
    check_schemas(document)
    for failure in failures:
        print(f"asyncapi.yaml: {failure}", file=sys.stderr)
    print(f"asyncapi.yaml: {len(plan)} topics, {len(document['components']['messages'])} messages, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
