/** The clients of a fleet: all generations over all transports. */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { within } from '../interop/expect.mjs';

const require = createRequire(import.meta.url);
const GENERATIONS = [2, 3, 4];
const TRANSPORTS = ['polling', 'websocket', 'default'];
const CONNECT_MS = 20_000;

/** How many kinds there are. */
export const KINDS = GENERATIONS.length * TRANSPORTS.length;

/**
 * The library and the options of client number `index`; nine in a row are all different. Whoever loses its connection stays
 * away. `ca` names the file with the certificate that is trusted, for TLS.
 */
export function kind(index, ca) {
    const generation = GENERATIONS[index % GENERATIONS.length];
    const transport = TRANSPORTS[Math.floor(index / GENERATIONS.length) % TRANSPORTS.length];
    return {
        name: `client ${index} (socket.io-client ${generation}, ${transport})`,
        io: require(`socket.io-client-${generation}`),
        options: {
            forceNew: true,
            reconnection: false,
            timeout: CONNECT_MS,
            ...(ca === undefined ? {} : { agent: agent(index, ca) }),
            ...(transport === 'default' ? {} : { transports: [transport] }),
        },
    };
}

/** Connects over TLS, from an address of its own, so that a balancer takes it for a browser of its own. */
function agent(index, ca) {
    return new Agent({ ca: readFileSync(ca), localAddress: `127.0.0.${1 + (index % 250)}` });
}

/** Calls `listener` with the name and the arguments of every event that the server sends. */
export function onEveryEvent(socket, listener) {
    if (socket.onAny) {
        socket.onAny(listener);
        return;
    }
    const original = socket.onevent; // Version 2 has no public way to hear of every event.
    socket.onevent = (packet) => {
        listener(...packet.data);
        original.call(socket, packet);
    };
}

/** Settles once `socket` is connected, or could not be. */
export function connected(socket, name) {
    return within(CONNECT_MS, `${name} connects`, (resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', (error) => reject(new Error(`${name}: ${error.message ?? error}`)));
    });
}
