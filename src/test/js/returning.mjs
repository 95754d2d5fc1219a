/**
 * Clients of each generation over each transport, on the channel `news`, which come back whenever they lose their connection.
 *
 * Usage: node returning.mjs --url https://127.0.0.1:PORT --ca FILE [--path /socket.io]
 * Prints `lost NAME` for each lost connection, and `all EVENT` once each of them has got the event EVENT. Ends when told to.
 */
import { parseArgs } from 'node:util';
import { kind, KINDS, onEveryEvent } from './fleet/client.mjs';

const RETRY_MS = 100;

const { values: flags } = parseArgs({
    options: { url: { type: 'string' }, ca: { type: 'string' }, path: { type: 'string', default: '/socket.io' } },
});
const receivers = new Map();

for (let index = 0; index < KINDS; index++) {
    const { name, io, options } = kind(index, flags.ca);
    const socket = io(flags.url, {
        ...options, path: flags.path, reconnection: true, reconnectionDelay: RETRY_MS, reconnectionDelayMax: RETRY_MS,
    });
    socket.on('connect', () => socket.emit('subscribe', { channel: 'news', auth: { headers: {} } }));
    socket.on('disconnect', () => console.log(`lost ${name}`));
    socket.on('connect_error', (error) => console.log(`error ${name} ${error.message ?? error}`));
    onEveryEvent(socket, (event) => note(event, name));
}

function note(event, name) {
    const names = receivers.get(event) ?? new Set();
    receivers.set(event, names.add(name));
    if (names.size === KINDS) {
        console.log(`all ${event}`);
        names.add(''); // Once is enough.
    }
}
