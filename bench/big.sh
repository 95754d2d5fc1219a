#!/bin/sh
# Runs that are too big for a comparison. Usage: bench/big.sh GENERATOR RUN [RATE]
#   idle     19,000 idle connections on one process
#   nodes    17,000 idle connections on each of three processes
#   channel  10,000 sockets on one channel, RATE (100) messages a second for a minute
# GENERATOR is the folder of the load generator, built. The servers run on core 0, everything else on core 1.
# LIMIT=1 measures the generator's reference server instead; JAVA_OPTS goes to the servers.
set -eu

if [ $# -lt 2 ]; then
    sed -n '2,7s/^# //p' "$0" >&2
    exit 64
fi
GENERATOR=$(cd "$1" && pwd)
RUN=$2
RATE=${3:-100}
HOME_FOLDER=$(cd "$(dirname "$0")/.." && pwd)
LOGS=$HOME_FOLDER/target/bench/logs
REDIS_PORT=7210
JOBS=
PROTOCOL=eio4

# Starts a command in the background, on core $1, its output in the file $2; its process id is then in $job.
begin() {
    core=$1
    file=$LOGS/$2
    shift 2
    taskset -c "$core" "$@" >"$file" 2>&1 </dev/null &
    job=$!
    JOBS="$job $JOBS"
}

end_all() {
    for job in $JOBS; do
        kill "$job" 2>/dev/null || :
    done
    wait
}

start_server() {
    if [ -n "${LIMIT:-}" ]; then
        PROTOCOL=raw
        begin 0 "server-$1.log" java -jar "$GENERATOR/target/echo-bench.jar" limit --port "$1" --redis-port $REDIS_PORT
    else
        mkdir -p "$LOGS/$1" # Its lock is beside its configuration.
        cp "$HOME_FOLDER/bench/echo-server.json" "$LOGS/$1"
        begin 0 "server-$1.log" env ECHO_SERVER_PORT="$1" "$HOME_FOLDER/bin/echo-server" start \
            --config "$LOGS/$1/echo-server.json" --force
    fi
    until curl -s -o /dev/null "http://127.0.0.1:$1/"; do
        sleep 0.2
    done
}

# Loads the server at port $1, whose process id is $2; the rest is the scenario.
load() {
    port=$1
    pid=$2
    shift 2
    begin 1 "load-$port.log" java -jar "$GENERATOR/target/echo-bench.jar" "$@" --url "127.0.0.1:$port" \
        --protocol $PROTOCOL --redis 127.0.0.1:$REDIS_PORT --server-pid "$pid"
    LOADS="${LOADS:-} $job"
}

await_loads() {
    for job in $LOADS; do
        wait "$job" || :
    done
    cat "$LOGS"/load-*.log
}

mkdir -p "$LOGS"
rm -f "$LOGS"/load-*.log
ulimit -n "$(ulimit -H -n)"
trap end_all EXIT
begin 1 redis.log redis-server --bind 127.0.0.1 --port $REDIS_PORT --save '' --appendonly no
case $RUN in
    idle)
        start_server 7110
        load 7110 "$job" idle -n 19000 --subscribe shared --hold 30
        ;;
    nodes)
        for port in 7110 7111 7112; do
            start_server $port
            load $port "$job" idle -n 17000 --subscribe own --hold 30 --ready-timeout 90
        done
        ;;
    channel)
        start_server 7110
        load 7110 "$job" fanout -n 10000 --rate "$RATE" --payload 200 --warmup 10 --duration 60
        ;;
    *)
        echo "There is no run \"$RUN\"." >&2
        exit 64
        ;;
esac
await_loads
