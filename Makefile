# Rollcall. `make` alone lists the targets.
GO      ?= go
OUT     := reports/out
BIN     := bin/rollcall
FUZZTIME ?= 1m
SOAK    ?= 10m
CROWD   ?= 64
REDOCLY := @redocly/cli@1.34.5
SPECTRAL := @stoplight/spectral-cli@6
OAPI_CODEGEN := github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.DEFAULT_GOAL := help
.PHONY: help build mock test lint docs-lint conformance mutate mutate-all innocents innocents-sample variants flaky bench contracts allocs fuzz soak crowd golden module moved check clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build the binaries into bin/
	$(GO) build -o bin/ ./cmd/rollcall ./cmd/rollcall-bench

mock: ## serve every contract on 127.0.0.1:4010
	$(GO) run ./cmd/rollcall mock

# The command runs whole suites over and over, and the independent servers serve tests alone: not worth the detector's tenfold time.
UNRACED := /cmd/rollcall$$|/independent/
test: ## all tests in random order, with the race detector but for the command's and the independent servers'
	$(GO) test -race -shuffle=on $$($(GO) list ./... | grep -vE '$(UNRACED)')
	$(GO) test -shuffle=on $$($(GO) list ./... | grep -E '$(UNRACED)')

lint: ## go.mod, vet, formatting, staticcheck, and the contracts' own lint
	$(GO) mod tidy -diff
	$(GO) vet ./...
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'run gofmt -w on these'; exit 1; }
	$(GO) run $(STATICCHECK) ./...
	$(GO) run ./cmd/rollcall lint

docs-lint: ## hold the contract documents to other people's linters and generators; needs npm
	@mkdir -p $(OUT)/docs && printf 'extends: ["spectral:oas"]\n' > $(OUT)/docs/spectral.yaml
	@command -v npx >/dev/null || { echo 'NOT RUN: npm is not installed, so no document was held to Redocly, Spectral, openapi-typescript and openapi-ts'; exit 1; }
	npx --yes $(REDOCLY) lint --extends recommended --format summary mockserver/admin/openapi.yaml
	@for d in specs/*/openapi.yaml; do c=$$(basename $$(dirname $$d)); echo "== $$c" && \
	  npx --yes $(REDOCLY) lint --extends recommended --format summary $$d && \
	  npx --yes $(SPECTRAL) lint --ruleset $(OUT)/docs/spectral.yaml --display-only-failures $$d && \
	  npx --yes openapi-typescript@7 $$d -o $(OUT)/docs/$$c.d.ts && \
	  npx --yes -p typescript@5 -p @hey-api/openapi-ts openapi-ts -i $$d -o $(OUT)/docs/$$c && \
	  $(GO) run $(OAPI_CODEGEN) -generate types,client -package $$c -o $(OUT)/docs/$$c.go.txt $$d || exit 1; done

conformance: build ## judge our own mock by every contract
	@mkdir -p $(OUT)
	@for c in $$($(BIN) list contracts --names); do \
	  $(BIN) test $$c --json $(OUT)/$$c.json --junit $(OUT)/$$c.xml --html $(OUT)/$$c.html --markdown $(OUT)/$$c.md || exit $$?; done

mutate: build ## prove the suite on every defect of four contracts, and on a sample of the largest
	$(BIN) mutate council identity probation tenants
	$(BIN) mutate volunteers --sample 600

mutate-all: build ## prove the suite on every defect
	@mkdir -p $(OUT)
	$(BIN) mutate --json $(OUT)/matrix.json

innocents: ## judge every habit and fault of the independent servers, in both readings; takes long
	$(GO) test ./conformance/internal/independent -timeout 120m -all -threes 10

variants: ## judge the mock with each of its variants, and with each two of them; takes long
	$(GO) test -run '^TestVariantsPass$$' -timeout 120m ./cmd/rollcall -every-variant

innocents-sample: ## judge each independent server plain, with a few of its habits and faults, and over TLS, slow, lagging and flaky
	$(GO) test -run 'TestInnocents|TestFaults|TestDegenerateTargets|TestConditions|TestALag' -timeout 20m ./conformance/internal/independent

flaky: ## judge each independent server 20 times over a network that loses one request in a hundred; takes long
	$(GO) test -run '^TestFlakyRuns$$' -timeout 180m ./conformance/internal/independent -flaky-runs 20

bench: build ## speed, as ratios to a bare net/http server; crowds; growth to a million users; or one run with FLAGS=
ifdef FLAGS
	$(BIN)-bench $(FLAGS)
else
	@mkdir -p $(OUT)
	$(BIN)-bench --json $(OUT)/bench.json
	$(BIN)-bench --concurrency --json $(OUT)/bench-concurrency.json
	$(BIN)-bench --growth --json $(OUT)/bench-growth.json
	$(GO) test -run '^$$' -bench . -benchmem ./specs/... ./mockserver/...
endif

contracts: ## compile the contracts and list their packages, after a change in specs/ or a new contract
	$(GO) run ./cmd/internal/rooms
	$(GO) test ./specs/contract -run Fresh -update

allocs: ## allocations of the hot paths, which the race detector would change
	$(GO) test -run 'Allocations|Decode' ./mockserver

fuzz: ## every fuzz target for FUZZTIME (1m); what is found is kept as a test in testdata/fuzz, to be committed with its mending
	@failed=0; for dir in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
	  for target in $$(grep -hoE '^func Fuzz[A-Za-z]+' $$dir/*_test.go | cut -c6-); do \
	    echo "== $$dir $$target"; $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s $$dir || failed=1; \
	  done; done; exit $$failed

soak: ## 64 clients against one mock for SOAK (10m), with the race detector, and an account at the end
	ROLLCALL_SOAK=$(SOAK) $(GO) test -race -v -run '^TestSoak$$' -timeout 0 ./mockserver

crowd: ## CROWD (64) clients judge one mock at once, each in its own world, with the race detector; takes long
	ROLLCALL_CROWD=$(CROWD) $(GO) test -race -v -run '^TestCrowd$$' -timeout 0 ./cmd/rollcall

golden: ## rewrite the golden files of the reports
	$(GO) test ./reports -update

# PATH is also where programs are looked for, so that a PATH given here has to be put back.
ifeq ($(origin PATH),command line)
TO := $(PATH)
override PATH := $(shell echo "$$PATH")
endif
module: ## give the module another path, in every file that names it: make module PATH=host/owner/rollcall
	@[ "$(PATH)" != "$(TO)" ] || { echo 'this make loses where programs are; give the path as TO=$(TO)'; exit 2; }
	$(GO) run ./cmd/internal/movemodule '$(TO)'

moved: ## rename the module in a copy of the tree; build, vet and hold its imports there
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	  tar -cf - --exclude=./.git --exclude=./bin --exclude=./$(OUT) . | tar -xf - -C "$$dir" && cd "$$dir" && \
	  $(MAKE) --no-print-directory module TO=example.org/owner/rollcall && test -z "$$(gofmt -l .)" && $(GO) mod tidy -diff && \
	  $(GO) build ./... && $(GO) vet ./cmd/... ./specs/... && $(GO) test ./cmd/rollcall -run 'Import|Halves'

check: lint conformance mutate allocs innocents-sample moved test ## what CI runs

clean: ## remove what was built and reported
	rm -rf bin $(OUT)
