"""Changes planted into the schemas as they are: those that break somebody must be found, and no others."""

import copy
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import check_compatibility as subject

HERE = pathlib.Path(__file__).resolve().parent
OPENED, DECISION, MESSAGE = "heed.ticket.opened.v1.json", "heed.decision.made.v1.json", "heed.ticket.message.v1.json"


def data(document, *names):
    """The rule of a field in an event's data."""
    rule = document["properties"]["data"]
    for name in names:
        rule = rule["items"] if name == "[]" else rule["properties"][name]
    return rule


class Planted(unittest.TestCase):
    def setUp(self):
        self.old = {path.name: json.loads(path.read_bytes()) for path in HERE.glob("*.json")}
        self.new = copy.deepcopy(self.old)

    def refused(self, words: str, whom: str):
        """The change is found, and as nothing else than what it is."""
        found = subject.breaks(self.old, self.new)
        self.assertTrue(any(words in line and f"(breaks who {whom} it)" in line for line in found), found)

    def taken(self):
        self.assertEqual(subject.breaks(self.old, self.new), [])

    def test_nothing_changed_breaks_nothing(self):
        self.taken()

    # What Heed reads: who writes it must be able to go on.

    def test_a_new_required_field_of_an_input_breaks_writers(self):
        data(self.new[OPENED])["required"].append("subject")
        self.refused("data: subject must be there now", "writes")

    def test_a_required_attribute_of_every_input_breaks_writers(self):
        self.new["common.json"]["$defs"]["inputEnvelope"]["required"].append("subject")
        found = subject.breaks(self.old, self.new)
        self.assertGreaterEqual(len([line for line in found if "subject must be there now" in line]), 9)

    def test_a_field_of_an_input_that_is_gone_breaks_writers(self):
        del data(self.new[OPENED])["properties"]["priority"]
        self.refused("priority is gone", "writes")

    def test_a_type_less_breaks_writers(self):
        data(self.new[OPENED], "subject")["type"] = "string"
        self.refused("data.subject: null is not taken any more", "writes")

    def test_another_type_breaks_writers(self):
        data(self.new[OPENED], "body")["type"] = "object"
        self.refused("data.body: string is not taken any more", "writes")

    def test_a_closed_list_where_an_open_one_was_breaks_writers(self):
        data(self.new[OPENED], "channel")["anyOf"].pop()
        self.refused("data.channel", "writes")

    def test_a_lower_limit_breaks_writers(self):
        data(self.new[OPENED], "tags")["maxItems"] = 10
        self.refused("data.tags: maxItems is narrower", "writes")

    def test_a_new_pattern_breaks_writers(self):
        data(self.new[OPENED], "locale")["pattern"] = "^[a-z]{2}$"
        self.refused("data.locale: pattern has changed", "writes")

    def test_a_definition_that_many_share_counts_where_it_is_used(self):
        self.new["common.json"]["$defs"]["identifier"]["maxLength"] = 64
        self.refused("heed.ticket.opened.v1.data.ticketId: maxLength is narrower", "writes")

    def test_elements_of_an_array_are_looked_at(self):
        data(self.new["heed.order.updated.v1.json"], "items", "[]").setdefault("required", []).append("sku")
        self.refused("data.items[]: sku must be there now", "writes")

    def test_an_input_that_is_closed_breaks_writers(self):
        data(self.new[OPENED])["additionalProperties"] = False
        self.refused("data: other fields are not taken any more", "writes")

    def test_an_event_that_is_gone_breaks(self):
        del self.new[MESSAGE]
        self.assertEqual(subject.breaks(self.old, self.new), [f"{MESSAGE} is gone"])

    def test_a_policy_that_was_good_stays_good(self):
        self.new["policy.schema.json"].setdefault("required", []).append("brandNew")
        self.refused("brandNew must be there now", "writes")

    def test_what_loosens_an_input_breaks_nobody(self):
        opened = self.new[OPENED]
        data(opened)["properties"]["sentiment"] = {"description": "New.", "type": "string"}
        data(opened)["required"].remove("channel")
        data(opened, "tags")["maxItems"] = 8192
        data(opened, "body")["type"] = ["string", "null"]
        data(opened, "channel")["anyOf"][0]["enum"].append("fax")
        data(opened, "subject")["description"] = "Said better."
        self.taken()

    def test_a_new_event_breaks_nobody(self):
        self.new["heed.ticket.opened.v2.json"] = {"type": "object"}
        self.taken()

    # What Heed writes: who reads it must be able to rely on it.

    def test_a_field_of_an_output_that_may_be_missing_breaks_readers(self):
        data(self.new[DECISION])["required"].remove("rule")
        self.refused("data: rule may be missing now", "reads")

    def test_a_field_of_an_output_that_is_gone_breaks_readers(self):
        del data(self.new[DECISION])["properties"]["dueBy"]
        self.refused("dueBy is gone", "reads")

    def test_a_word_more_in_a_closed_list_breaks_readers(self):
        data(self.new[DECISION], "action")["enum"].append("escalate")
        self.refused('data.action: "escalate" may come now', "reads")

    def test_a_type_more_breaks_readers(self):
        data(self.new[DECISION], "step").update({"$ref": "common.json#/$defs/name", "type": ["string", "null"]})
        self.taken()  # The definition still says string.
        self.new[DECISION]["properties"]["data"]["properties"]["step"] = {"type": ["string", "null"]}
        self.refused("data.step: null may come now", "reads")

    def test_a_longer_text_breaks_readers(self):
        self.new["common.json"]["$defs"]["name"]["maxLength"] = 512
        self.refused("data.step: maxLength is wider", "reads")

    def test_another_form_of_a_text_breaks_readers(self):
        self.new["common.json"]["$defs"]["derivedId"]["pattern"] = "^.*$"
        self.refused("data.decisionId: pattern has changed", "reads")

    def test_what_tightens_an_output_breaks_nobody(self):
        decision = data(self.new[DECISION])
        decision["properties"]["mood"] = {"description": "New.", "type": "string"}
        decision["required"] += ["mood", "dueBy"]
        decision["properties"]["action"]["enum"].remove("notify")
        self.taken()


class OnTheCommandLine(unittest.TestCase):
    """In a repository of its own, and where there is none."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.schemas = pathlib.Path(folder.name) / "Schemas"
        self.schemas.mkdir()
        for path in [*HERE.glob("*.json"), HERE / "check_compatibility.py"]:
            shutil.copy(path, self.schemas)

    def git(self, *arguments):
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "tag.gpgsign=false",
                    "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=self.schemas.parent, check=True, capture_output=True)

    def commit(self, *tag):
        if not (self.schemas.parent / ".git").exists():
            self.git("init")
        self.git("add", ".")
        self.git("commit", "-m", "as it is")
        if tag:
            self.git("tag", *tag)

    def run_check(self, **environment):
        return subprocess.run([sys.executable, "check_compatibility.py"], cwd=self.schemas, capture_output=True, text=True,
                              env={"PATH": "/usr/bin:/bin", "GIT_CEILING_DIRECTORIES": str(self.schemas.parent.parent),
                                   **environment})

    def change(self, alter):
        path = self.schemas / OPENED
        document = json.loads(path.read_bytes())
        alter(document)
        path.write_text(json.dumps(document))

    def test_without_git_a_repository_or_a_tag_there_is_nothing_to_compare_with(self):
        for prepare, environment in ((lambda: None, {"PATH": "/nowhere"}), (lambda: None, {}), (self.commit, {})):
            prepare()
            run = self.run_check(**environment)
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            self.assertIn("nothing to compare with", run.stdout)

    def test_what_breaks_since_the_last_tag_is_told(self):
        self.commit("v1.0.0")
        self.assertEqual(self.run_check().returncode, 0)
        self.change(lambda document: data(document)["required"].append("subject"))
        run = self.run_check()
        self.assertEqual(run.returncode, 1)
        self.assertIn("heed.ticket.opened.v1.data: subject must be there now", run.stderr)
        # A later tag is what counts, once it is there.
        self.commit("v1.1.0")
        self.assertEqual(self.run_check().returncode, 0)


if __name__ == "__main__":
    unittest.main()
