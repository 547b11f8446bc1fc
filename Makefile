# rce-bench: `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Imports that Package.swift does not declare are errors: they would let an upper layer leak into a lower one.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE := -c release $(SWIFT_FLAGS)
BENCH := .build/release/rce-bench
SCENARIO ?= scenarios/smoke.yaml

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: bootstrap
bootstrap: ## Install what is missing (apt; sudo where not root); quiet when nothing is
	@stack/bootstrap.sh

.PHONY: build
build: bootstrap ## Build all programs, release
	swift build $(RELEASE)

.PHONY: run
run: build ## Run SCENARIO (scenarios/smoke.yaml) on a local stack and say where the report is
	$(BENCH) run $(SCENARIO)

.PHONY: test
test: lint build ## Run every test: units in debug, the whole stack against the release programs, the self-test
	swift build --build-tests $(SWIFT_FLAGS)
	timeout --kill-after=10 1800 Tests/run-units
	timeout --kill-after=10 1200 swift test $(SWIFT_FLAGS) --skip-build --filter AttackTests
	timeout --kill-after=10 600 $(BENCH) selftest --plain
	$(MAKE) test-browser
	$(MAKE) test-console
	$(MAKE) test-aws

.PHONY: test-browser
test-browser: build ## Open reports and a live page in Chromium: themes, print, narrow, no script, axe, HTML checker
	rm -rf .build/pages
	RCE_PAGES=.build/pages timeout --kill-after=10 600 swift test $(SWIFT_FLAGS) --filter BrowserPages
	Tests/BrowserTests/run .build/pages $(BENCH) run $(SCENARIO) --dashboard --plain --output .build/pages/runs

.PHONY: console
console: ## Build the web console into stack/web/dist; installs what that needs
	stack/web/build.sh

.PHONY: test-console
test-console: build console ## Use the web console in Chromium against a local stack: languages, errors, outages, axe, sizes
	stack/web/build.sh --lint
	timeout --kill-after=10 300 Tests/BrowserTests/run --console $(BENCH) .build/console-screenshots

.PHONY: test-aws
test-aws: build ## Check Terraform, deploy to an emulator of AWS, run jobs with every role's rights, destroy
	timeout --kill-after=10 900 Tests/AWS/run

.PHONY: test-images
test-images: build ## Build the container images with buildah and serve the executor's as a function (slow)
	timeout --kill-after=10 1800 Tests/AWS/images

.PHONY: fuzz
fuzz: bootstrap ## Feed the readers of scenarios, thresholds and answers a million mutated inputs, seeded
	RCE_FUZZ_INPUTS=1000000 swift test $(SWIFT_FLAGS) --filter FuzzTests

.PHONY: lint
lint: bootstrap ## Check format and style
	swift format lint --strict --recursive Package.swift Sources Tests

.PHONY: format
format: ## Format all sources in place
	swift format --in-place --recursive Package.swift Sources Tests

.PHONY: bench
bench: build ## Measure the product's own bars, beside wrk, hey and h2load; prints each figure with its command
	stack/bootstrap.sh --peers
	.build/release/performance-bars

.PHONY: bench-executor
bench-executor: build ## Measure the executor's bars: ratios to raw spawn and to bubblewrap, in one run
	.build/release/executor-bars

.PHONY: stack-up
stack-up: build ## Run the local stack with the web console on port 8080, until Ctrl-C
	@[ -f stack/web/dist/manifest.json ] || stack/web/build.sh || echo 'stack-up: going on without the console' >&2
	$(BENCH) stack up --port 8080

.PHONY: clean
clean: ## Remove what was built
	rm -rf .build
