SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.ONESHELL:
MAKEFLAGS += --warn-undefined-variables --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help

# What "make bench", "make bench-go", "make soak" and "make fuzz" can be told.
BENCH ?= .
BENCHTIME ?= 1s
BENCHFLAGS ?=
ROUNDS ?= 200
SOAKTIME ?= 10m
FUZZTIME ?= 30s

# Arguments for the server: make run ARGS='--listen 127.0.0.1:9000'
ARGS ?=

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build the static binary bin/kith
	CGO_ENABLED=0 go build -trimpath -o bin/kith ./cmd/kith

.PHONY: run
run: ## Run the server from source (ARGS='--listen 127.0.0.1:9000')
	go run ./cmd/kith serve $(ARGS)

.PHONY: test
test: ## Install what is missing and run every test with the race detector
	.ci/machine gcc curl postgresql
	export GOFLAGS=-pgo=off # else much would be compiled twice
	CGO_ENABLED=1 go test -race -vet=off -timeout 20m ./... # "make lint" vets
	echo 'without the race detector, in full or to count allocations:'
	export CGO_ENABLED=0
	go test -vet=off -count 1 -timeout 5m -run '^TestOneInThree$$' ./internal/webhook
	go test -vet=off -count 1 -timeout 5m -run '^TestScripts$$/^bench$$' ./cmd/kith
	go test -vet=off -run '^TestAllocs' ./internal/api

.PHONY: lint
lint: ## Check format, vet, linters, go.mod and known vulnerabilities
	.ci/lint

.PHONY: fmt
fmt: ## Format the Go files
	gofmt -s -w .

.PHONY: bench
bench: build ## Measure every workload and write docs/performance (BENCHFLAGS='--duration 5s')
	bin/kith bench --suite --report docs/performance $(BENCHFLAGS)

.PHONY: profile
profile: build ## Find out where the time goes, by which the compiler then optimizes: cmd/kith/default.pgo
	@profiles=$$(mktemp -d)
	trap 'rm -rf "$$profiles"' EXIT
	for workload in check check-100 add add-hot list walk import sns-linkbench tao; do
		bin/kith bench $$workload --no-ceiling --cpu-profile "$$profiles/$$workload"
	done
	go tool pprof -proto "$$profiles"/* >cmd/kith/default.pgo

.PHONY: bench-go
bench-go: ## Run the Go benchmarks, with allocations (BENCH=FriendAdd BENCHTIME=5s)
	go test -run '^$$' -bench '$(BENCH)' -benchmem -benchtime $(BENCHTIME) -timeout 1h -p 1 \
		./internal/store/... ./internal/api/... ./internal/endtoend/... ./internal/metrics/... ./usersig/... ./wire/...

.PHONY: soak
soak: ## Kill the server under load, let its disk fail, and look at what is left (ROUNDS=200 SOAKTIME=10m)
	KITH_SOAK_TIME=$(SOAKTIME) go test -count 1 -timeout 0 -v -run '^TestSoak$$' ./internal/store/embedded
	KITH_SOAK_ROUNDS=$(ROUNDS) go test -count 1 -timeout 0 -v -run '^TestKill$$' ./internal/endtoend

.PHONY: fuzz
fuzz: ## Run each fuzz test for a while (FUZZTIME=30s)
	@for package in $$(go list ./...); do
		for target in $$(go test -list '^Fuzz' "$$package" | grep '^Fuzz' || true); do
			echo "fuzz $$target of $$package for $(FUZZTIME)"
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package"
		done
	done

.PHONY: clean
clean: ## Remove what was built, but no data
	rm -rf bin
	go clean -testcache
