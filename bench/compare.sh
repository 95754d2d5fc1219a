#!/bin/sh
# Measures this server beside others. Usage: bench/compare.sh GENERATOR [OPTION...]
# GENERATOR is the folder of the load generator, built; the options are those of its command "compare".
# "--runs growth" stands for all runs that show how the cost of a delivery grows.
set -eu

if [ $# -eq 0 ]; then
    sed -n '2,4s/^# //p' "$0" >&2
    exit 64
fi
GENERATOR=$(cd "$1" && pwd)
shift
HOME_FOLDER=$(cd "$(dirname "$0")/.." && pwd)
ECHO_SERVER=$HOME_FOLDER/bin/echo-server
RESULTS=$HOME_FOLDER/target/bench
PLAN=$HOME_FOLDER/bench/plan.properties
export GENERATOR ECHO_SERVER

if [ "${1:-} ${2:-}" = "--runs growth" ]; then
    shift 2
    runs=$(sed -n 's/^run\.\(\(sockets\|channels\|payload\)-[0-9]*\) =.*/\1/p' "$PLAN" | paste -s -d , -)
    set -- --runs "$runs" "$@"
fi
mkdir -p "$RESULTS"
taskset -c 1 java -jar "$GENERATOR/target/echo-bench.jar" compare "$PLAN" \
    --logs "$RESULTS/logs" --json "$RESULTS/results.jsonl" "$@" </dev/null
