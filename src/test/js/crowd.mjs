/**
 * Many clients over WebSocket, of generations 2 and 4 in turn, which connect again when they are disconnected.
 *
 * Usage: node crowd.mjs '{"url": string, "clients": number, "ca": FILE}'
 * Prints `connected` when all are; and, when each of them has lost its connection and has another one,
 * `back {"perSecond": [number], "reasons": {string: number}}`: how many connections ended in each second since the first end.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const LIBRARIES = [require('socket.io-client-2'), require('socket.io-client-4')];

const PROGRESS_MS = 5000;

const job = JSON.parse(process.argv[2]);
const options = { transports: ['websocket'], forceNew: true, ca: readFileSync(job.ca), reconnectionDelay: 500 };
const ends = [];
const reasons = {};
let connections = 0;
let lastError = 'none';

setInterval(() => console.log(`so far ${JSON.stringify({ connections, ends: ends.length, lastError })}`), PROGRESS_MS);

for (let i = 0; i < job.clients; i++) {
    const socket = LIBRARIES[i % LIBRARIES.length](job.url, options);
    socket.on('connect', () => {
        connections++;
        if (connections === job.clients) {
            console.log('connected');
        }
        if (connections === 2 * job.clients) {
            report();
        }
    });
    socket.on('connect_error', (error) => {
        lastError = error.message ?? String(error);
    });
    socket.on('disconnect', (reason) => {
        ends.push(Date.now());
        reasons[reason] = (reasons[reason] ?? 0) + 1;
    });
}

function report() {
    const perSecond = [];
    for (const end of ends) {
        const second = Math.floor((end - ends[0]) / 1000);
        perSecond[second] = (perSecond[second] ?? 0) + 1;
    }
    console.log(`back ${JSON.stringify({ perSecond: Array.from(perSecond, (n) => n ?? 0), reasons })}`);
    process.exit(0);
}
