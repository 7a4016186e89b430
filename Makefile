# Everything that is done with this repository. Each command finds or installs what it needs, says so, and asks
# nothing. Settings: ROLECALL_LISTEN for `make run` and `make dev` (127.0.0.1:3000), CHROMIUM for the tests,
# ROLECALL_FUZZ and ROLECALL_SEED for `make fuzz` (how many random worlds; the seed that was printed).
.PHONY: help run test fuzz dev bench shots dist fmt lint site clean

help:
	@echo "make run    build what is not built yet and serve it on http://localhost:3000 (data under data/)"
	@echo "make test   everything that must hold before a change goes in"
	@echo "make fuzz   random worlds, each decision judged by three; ROLECALL_FUZZ=5000 says how many worlds"
	@echo "make dev    like run, built quickly, again after every change"
	@echo "make site   the browser's half alone, into target/site"
	@echo "make bench  measure against the budgets; writes target/bench/report.json"
	@echo "make shots  the pictures of docs/screenshots, made anew"
	@echo "make dist   the stripped binary alone, in target/dist-out/"
	@echo "make lint   clippy, warnings denied"
	@echo "make fmt    format the code"
	@echo "make clean  remove what was built (data/ stays)"

run:
	@scripts/run.sh

dev:
	@scripts/dev.sh

bench:
	@scripts/bench.sh

test:
	@scripts/test.sh

fuzz:
	@scripts/fuzz.sh

site:
	@scripts/setup.sh build && . scripts/env.sh && cargo run --quiet --release -p xtask -- site

shots:
	@scripts/screenshots.sh

dist:
	@scripts/dist.sh

fmt:
	@. scripts/env.sh && cargo fmt --all

lint:
	@scripts/lint.sh

clean:
	@. scripts/env.sh && cargo clean
	@rm -rf target end2end/test-results end2end/playwright-report
