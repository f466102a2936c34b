# `make graph` builds the example articles into output/, `make test` runs every test. Both set up .venv by themselves.
.PHONY: graph test test-servers check bench bench-build bench-store bench-service bench-page bench-memory bench-duplicates bench-versions evaluate train docs shots
.DEFAULT_GOAL := graph

BIN := .venv/bin

graph: .venv/run.stamp
	$(BIN)/claimgraph build examples --out output
	@echo "open output/network.html, read output/report.md"

test: .venv/dev.stamp
	@tools/chromium.sh
	$(BIN)/python -m pytest $(ARGS)

# publishing to real servers on loopback, Oxigraph and Virtuoso; installs Virtuoso where that is possible, else fails
test-servers: .venv/dev.stamp
	tools/test_servers.sh $(ARGS)

# lint, types, and the scores on tests/gold that may only rise
check: .venv/dev.stamp
	$(BIN)/ruff check src tests tools benchmarks
	$(BIN)/ruff format --check src tests tools benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_gold.py

# time and determinism of a build; the store beside Oxigraph alone and rdflib; writers that are killed. Ratios of one run
bench: bench-build bench-store

bench-build: .venv/run.stamp
	$(BIN)/python benchmarks/build.py

bench-store: .venv/run.stamp
	$(BIN)/python benchmarks/killed.py
	$(BIN)/python benchmarks/store.py $(ARGS)

# what the SPARQL service costs beside the Oxigraph server, and fifty clients at once for a minute
bench-service: .venv/dev.stamp
	$(BIN)/python benchmarks/service.py $(ARGS)

# how soon the network page can be used, its size and memory, beside plain pyvis and sigma.js (from npm) in one Chromium
bench-page: .venv/dev.stamp
	@tools/chromium.sh
	$(BIN)/python benchmarks/page.py $(ARGS)

# memory of one process over 1,000 articles of those corpora, some minutes for each tagger: it may not grow
bench-memory: .venv/run.stamp
	$(BIN)/python benchmarks/memory.py

# copies planted among the articles of those corpora: how many are found, what else is, and the cost; a quarter of a minute
bench-duplicates: .venv/run.stamp
	$(BIN)/python benchmarks/duplicates.py $(ARGS)

# one change planted in each of a hundred of those articles: whether the comparison of versions finds it; two minutes
bench-versions: .venv/run.stamp
	$(BIN)/python benchmarks/versions.py

# scores on the public corpora, which are not part of this repository (CLAIMGRAPH_SHARED, default ../shared), beside the
# best that is published, and their floors; then the counts in docs/quality.md
SHARED := $(or $(CLAIMGRAPH_SHARED),../shared)
GOLD := $(SHARED)/corpora/dev $(SHARED)/corpora/train/attribution.jsonl
evaluate: .venv/run.stamp
	@test -d "$(SHARED)/corpora/dev" || { echo "make evaluate: no corpora in $(SHARED)/corpora/dev: set CLAIMGRAPH_SHARED to the folder that holds corpora/" >&2; exit 3; }
	$(BIN)/claimgraph evaluate $(GOLD) -o output/evaluation.md -o output/evaluation.json --errors output/errors.jsonl \
		--floors benchmarks/floors.json $(ARGS)
	$(BIN)/python tools/show_quality.py output/evaluation.json docs/quality.md

# the weights of both taggers from annotated articles (tools/training/README.md); PyTorch has an environment of its own
TEXTS := $(addprefix $(SHARED)/corpora/text/,congress.jsonl state_dept.jsonl wikinews.jsonl)
ANNOTATED := $(SHARED)/corpora/train/attribution.jsonl tools/training/annotations.jsonl tools/training/articles
train: .venv/train/stamp
	@test -d "$(SHARED)/corpora/train" || { echo "make train: no corpora in $(SHARED)/corpora/train: set CLAIMGRAPH_SHARED to the folder that holds corpora/" >&2; exit 3; }
	.venv/train/bin/python tools/training/train_accurate.py src/claimgraph/models/accurate $(ANNOTATED) $(addprefix --texts ,$(TEXTS))
	.venv/train/bin/python tools/training/label.py output/labelled.jsonl 400 $(TEXTS) \
		--exclude $(SHARED)/corpora/train/attribution.jsonl --exclude tools/training/annotations.jsonl
	.venv/train/bin/python tools/training/train_fast.py src/claimgraph/models/fast $(ANNOTATED) output/labelled.jsonl $(addprefix --texts ,$(TEXTS))

.venv/train/stamp: requirements/train.txt .venv/run.stamp
	$(BIN)/python -m venv .venv/train
	.venv/train/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/train.txt
	.venv/train/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/build.txt
	.venv/train/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# the vocabulary as a page; pyLODE stands on an LGPL package, so it has an environment of its own
docs: .venv/docs/stamp
	.venv/docs/bin/pylode ontology/claimgraph.ttl -o output/ontology.html

# the pictures in docs/page.md, of examples/ alone
shots: .venv/dev.stamp
	@tools/chromium.sh
	$(BIN)/python tools/shots.py docs/images

.venv/docs/stamp: .venv/run.stamp requirements/docs.txt
	$(BIN)/python -m venv .venv/docs
	.venv/docs/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/docs.txt
	@touch $@

.venv/run.stamp: requirements/run.txt requirements/build.txt pyproject.toml
	tools/install.sh run
	@touch $@

.venv/dev.stamp: requirements/dev.txt requirements/build.txt pyproject.toml
	tools/install.sh dev
	@touch .venv/run.stamp $@
