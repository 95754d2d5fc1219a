/**
 * The behaviour the interop checks rely on, on the reference implementation of Socket.IO with Engine.IO 3 allowed.
 * A check that fails here is a wrong check.
 *
 * Usage: node reference-server.mjs [--port 0] [--ping-interval 25000] [--ping-timeout 20000]
 * Prints `listening on PORT` when ready and runs until it is killed.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { Server } from 'socket.io';

const BURST_AT_ONCE = 1200;
const BURST_CHUNK = 100;
const BURST_PAUSE_MS = 10;

const { values: flags } = parseArgs({
    options: {
        port: { type: 'string', default: '0' },
        'ping-interval': { type: 'string', default: '25000' },
        'ping-timeout': { type: 'string', default: '20000' },
    },
});

const http = createServer();
const io = new Server(http, {
    allowEIO3: true,
    cors: { origin: true, credentials: true },
    maxHttpBufferSize: 1024 * 1024,
    pingInterval: Number(flags['ping-interval']),
    pingTimeout: Number(flags['ping-timeout']),
});

io.engine.on('connection', (session) => {
    if (session.protocol === 3) {
        // engine.io 6.6 stops timing out a session of Engine.IO 3 when it upgrades, and never starts again.
        session.on('upgrade', () => session.resetPingTimeout());
    }
});
io.of('/').on('connection', (socket) => {
    burstThroughTheUpgrade(socket, Number(socket.handshake.query.burst ?? 0));
    listen(socket);
});
io.of('/custom').on('connection', listen);
http.listen(Number(flags.port), '127.0.0.1', () => console.log(`listening on ${http.address().port}`));

function listen(socket) {
    socket.on('echo', (...args) => socket.emit('echo-back', ...args));
    socket.on('ack', (...args) => args.pop()(...args));
    socket.on('ask', (...args) => socket.emit('question', ...args, (...answer) => socket.emit('answered', ...answer)));
    socket.on('burst', (n) => tick(socket, 0, n));
    socket.on('broadcast-me', (data) => socket.emit('App\\Events\\Tricky', 'chan', data));
    socket.on('close-transport', () => socket.conn.close());
    socket.on('kick', () => socket.disconnect());
    socket.on('count', (answer) => answer(io.of('/').sockets.size));
}

/** Paced so that the first events meet the handshake and the last ones the finished upgrade. */
function burstThroughTheUpgrade(socket, n) {
    tick(socket, 0, Math.min(n, BURST_AT_ONCE));
    const rest = (from) => {
        if (from < n && socket.connected) {
            tick(socket, from, Math.min(n, from + BURST_CHUNK));
            setTimeout(rest, BURST_PAUSE_MS, from + BURST_CHUNK);
        }
    };
    setTimeout(rest, BURST_PAUSE_MS, BURST_AT_ONCE);
}

function tick(socket, from, to) {
    for (let i = from; i < to; i++) {
        socket.emit('tick', i);
    }
}
