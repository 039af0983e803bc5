# The two commands of the README are `make demo` and `make test`; `make help` lists the others.

PREFIX ?= /usr/local
SWIFT ?= swift
PYTHON ?= python3
# The program is whole but for the system's libraries: none is looked for beside it.
RELEASE := -c release --static-swift-stdlib --disable-local-rpath --product regionsim
BINARY := .build/release/regionsim
SHARE := $(DESTDIR)$(PREFIX)/share
SWIFT_SOURCES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Benchmarks \
	Fuzzing/Package.swift Fuzzing/Fuzzing

.DEFAULT_GOAL := help
.PHONY: help demo test test-release build dependencies data-validate presentation-check lint format imports bench \
	fuzz charts peers peers-check benchmark-page install uninstall example clean

help: ## Say what each target does.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	  awk -F'|' '{ printf "  make %-14s %s\n", $$1, $$2 }'

demo: build ## Build, rank Mosseregionen and run a scenario on the real figures.
	@Scripts/demo.sh $(BINARY)

test: dependencies data-validate presentation-check ## Run every test; validate data and presentation.
	$(SWIFT) test

test-release: dependencies ## Run the tests of the numerical modules with optimisation.
	$(SWIFT) test -c release --scratch-path .build-release -Xswiftc -enable-testing \
	  --filter 'LinearAlgebraTests|StatisticsTests|RegionsTests|CompositesTests|ForecastsTests|ScenariosTests'

build: dependencies ## Build the program with optimisation.
	$(SWIFT) build $(RELEASE)

dependencies: ## Install OpenBLAS where it is missing.
	@Scripts/install-dependencies.sh

data-validate: .venv/installed ## Validate the data packages with Frictionless.
	.venv/bin/frictionless validate datasets/norway/datapackage.json
	.venv/bin/frictionless validate notebooks-export/employment-growth/datapackage.json

presentation-check: dependencies .venv/installed ## Check packs, charts and reports with the programs that open them.
	@Scripts/install-dependencies.sh presentation
	$(SWIFT) build --product regionsim
	.venv/bin/python Scripts/charts/check.py .build/debug/regionsim notebooks-export/employment-growth

.venv/installed: Scripts/charts/check-requirements.txt Scripts/charts/requirements.txt
	@Scripts/install-dependencies.sh python
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

lint: ## Check the format; findings are errors.
	$(SWIFT) format lint --strict --recursive --configuration .swift-format $(SWIFT_SOURCES)

format: ## Format the sources.
	$(SWIFT) format --in-place --recursive --configuration .swift-format $(SWIFT_SOURCES)

imports: ## Check that modules import only what they depend on.
	$(SWIFT) build --explicit-target-dependency-import-check error

bench: dependencies ## Guard the kernels: their time against that of plain code.
	cd Benchmarks && $(SWIFT) package benchmark thresholds check --no-progress

charts: .venv-charts/installed ## Install what draws charts as pictures.

.venv-charts/installed: Scripts/charts/requirements.txt
	@Scripts/install-dependencies.sh python
	$(PYTHON) -m venv .venv-charts
	.venv-charts/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# How long each reader is tried, in seconds.
SECONDS ?= 60
FUZZERS := JSONStatFuzzer PXFuzzer TextTableFuzzer WorkbookFuzzer
# lld, as gold fails on the instrumented programs. A reader may take 32 MiB for a small file; each input
# is read and written several times. Swift's own report of a crash would keep libFuzzer from keeping it.
fuzz: ## Try the readers on made-up bytes: SECONDS=60 for each.
	cd Fuzzing && $(SWIFT) build -c release -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld
	cd Fuzzing && .build/release/FuzzSeeds .build/corpus
	@cd Fuzzing && for fuzzer in $(FUZZERS); do \
	  SWIFT_BACKTRACE=enable=no .build/release/$$fuzzer .build/corpus/$$fuzzer \
	    -max_total_time=$(SECONDS) -max_len=4096 -timeout=10 -rss_limit_mb=600 -malloc_limit_mb=64 -print_final_stats=1 \
	    -artifact_prefix=.build/$$fuzzer- || exit 1; done

install: build ## Install the program, its data, scenarios, plans, composites and completions under PREFIX.
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/regionsim/datasets $(SHARE)/regionsim/scenarios \
	  $(SHARE)/regionsim/composites $(SHARE)/regionsim/plans
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/regionsim
	cp -R datasets/norway $(SHARE)/regionsim/datasets/
	install -m 644 scenarios/*.yml $(SHARE)/regionsim/scenarios/
	install -m 644 composites/*.yml $(SHARE)/regionsim/composites/
	install -m 644 plans/*.yml $(SHARE)/regionsim/plans/
	install -d $(SHARE)/regionsim/peers $(SHARE)/regionsim/charts
	install -m 644 Scripts/charts/render.py Scripts/charts/requirements.txt $(SHARE)/regionsim/charts
	install -m 644 Scripts/peers/*.py Scripts/peers/peers.R Scripts/peers/requirements.txt \
	  $(SHARE)/regionsim/peers
	install -d $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions \
	  $(SHARE)/fish/vendor_completions.d
	$(BINARY) --generate-completion-script bash > $(SHARE)/bash-completion/completions/regionsim
	$(BINARY) --generate-completion-script zsh > $(SHARE)/zsh/site-functions/_regionsim
	$(BINARY) --generate-completion-script fish > $(SHARE)/fish/vendor_completions.d/regionsim.fish

uninstall: ## Remove what install put there.
	rm -rf $(DESTDIR)$(PREFIX)/bin/regionsim $(SHARE)/regionsim
	rm -f $(SHARE)/bash-completion/completions/regionsim $(SHARE)/zsh/site-functions/_regionsim \
	  $(SHARE)/fish/vendor_completions.d/regionsim.fish

example: build charts ## Write the committed example pack anew.
	$(BINARY) export employment-growth > /dev/null

peers: .venv-peers/installed ## Install the libraries that `regionsim benchmark --peers` times.
	@command -v Rscript >/dev/null || echo "R is not there, so its packages are left out" \
	  "(Debian: r-base-core and r-cran-matrixstats; of CRAN csranks and COINr)."

peers-check: .venv-peers/installed ## Check that every library that is timed gives equal results.
	.venv-peers/bin/python Scripts/peers/test_peers.py

.venv-peers/installed: Scripts/peers/requirements.txt
	@Scripts/install-dependencies.sh python
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@
benchmark-page: build ## Measure this machine and write Documentation/benchmarks.md anew.
	@Scripts/benchmark-page.sh $(BINARY)

clean: ## Remove what was built.
	rm -rf .build .build-release \
	  .venv .venv-peers .venv-charts \
	  Benchmarks/.build Benchmarks/.benchmarkBaselines Benchmarks/Package.resolved \
	  Fuzzing/.build Fuzzing/Package.resolved
