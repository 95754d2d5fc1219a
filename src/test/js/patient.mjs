/**
 * Clients of each generation over each transport, which try again until they are connected.
 *
 * Usage: node patient.mjs --url http://127.0.0.1:PORT
 * Prints `refused` once each of them has been refused, and `connected` once each is connected. Ends when told to.
 */
import { parseArgs } from 'node:util';
import { kind, KINDS } from './fleet/client.mjs';

const RETRY_MS = 100;

const { values: flags } = parseArgs({ options: { url: { type: 'string' } } });
const refused = new Set();
const connected = new Set();

for (let index = 0; index < KINDS; index++) {
    const { name, io, options } = kind(index);
    const socket = io(flags.url, {
        ...options, reconnection: true, reconnectionDelay: RETRY_MS, reconnectionDelayMax: RETRY_MS,
    });
    const manager = socket.io;
    socket.on('connect_error', () => note(refused, name, 'refused'));
    manager.on('reconnect_error', () => note(refused, name, 'refused'));
    socket.on('connect', () => note(connected, name, 'connected'));
}

function note(names, name, done) {
    names.add(name);
    if (names.size === KINDS) {
        console.log(done);
        names.add(done); // Once is enough.
    }
}
