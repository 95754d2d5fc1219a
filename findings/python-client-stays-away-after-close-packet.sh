#!/usr/bin/env bash
# python-socketio 5.7.2 (python-engineio 4.3.4, of Debian 12) over polling never connects again when the server ends the
# connection by an Engine.IO close packet, as socket.io does in close() and disconnect(true): it takes that packet for its
# own decision to disconnect. When its poll fails it does connect again. Seen with socket.io 4.8.4:
#
#   failed poll: connected again True
#   close packet: connected again False
#
# Exits with 1 if that changes. Needs node, npm and Debian's python3-socketio and python3-requests; takes half a minute.
set -euo pipefail
folder=$(mktemp -d)
cd "$folder"
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT

npm install --silent --no-audit --no-fund socket.io@4.8.4
cat > server.js <<'JS'
const { Server } = require('socket.io');
const http = require('http').createServer();
const io = new Server(http);
io.on('connection', (socket) => {
    socket.on('end', (how) => setTimeout(() => { // Until then the next poll is here.
        if (how === 'close packet') {
            socket.conn.close();
        } else {
            socket.conn.transport.req.socket.destroy();
        }
    }, 500));
});
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
JS
node server.js > port &
server=$!
until [ -s port ]; do sleep 0.1; done

cat > client.py <<'PY'
import os
import sys
import time

import socketio


def comes_back(how):
    client = socketio.Client(reconnection_delay=0.1, reconnection_delay_max=0.2)
    connections = []

    @client.event
    def connect():
        connections.append(time.time())
        if len(connections) == 1:
            client.emit('end', how)

    client.connect(f'http://127.0.0.1:{sys.argv[1]}', transports=['polling'])
    time.sleep(6)
    print(f'{how}: connected again {len(connections) > 1}', flush=True)
    return len(connections) > 1


seen = [comes_back('failed poll'), comes_back('close packet')]

os._exit(0 if seen == [True, False] else 1)
PY
/usr/bin/python3 client.py "$(cat port)"
