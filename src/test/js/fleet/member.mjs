/** One client of a fleet, with everything it was sent. */
import { createRequire } from 'node:module';
import Echo from 'laravel-echo';
import { within } from '../interop/expect.mjs';

const require = createRequire(import.meta.url);
const GENERATIONS = [2, 3, 4];
const TRANSPORTS = ['polling', 'websocket', 'default'];
const CONNECT_MS = 20_000;

/** Events of the fleet's own: they are not counted. */
const PROBE = 'fleet.probe';
const END = 'fleet.end';

export class Member {
    #probed = new Set();
    #ended = new Set();

    /**
     * Client number `index` of `job`: nine in a row are one of each generation over each transport, and every other
     * nine use laravel-echo. It is on two thirds of the channels.
     */
    constructor(index, job) {
        this.name = `client ${index}`;
        this.channels = job.channels.filter((_, at) => (index + at) % 3 !== 0);
        this.received = new Map(this.channels.map((channel) => [channel, []]));
        this.heardByEcho = new Map();
        this.faults = [];
        const transport = TRANSPORTS[Math.floor(index / 3) % 3];
        const options = {
            forceNew: true,
            reconnection: false,
            timeout: CONNECT_MS,
            ...(transport === 'default' ? {} : { transports: [transport] }),
        };
        const io = require(`socket.io-client-${GENERATIONS[index % 3]}`);
        this.name += ` (socket.io-client ${GENERATIONS[index % 3]}, ${transport}`;
        if (Math.floor(index / 9) % 2 === 1) {
            this.name += ', laravel-echo)';
            this.#useEcho(io, options, job);
        } else {
            this.name += ')';
            this.socket = io(job.url, options);
            this.channels.forEach((channel) => this.socket.emit('subscribe', { channel, auth: { headers: {} } }));
        }
        this.#listenToEverything();
    }

    #useEcho(client, options, job) {
        const echo = new Echo({ broadcaster: 'socket.io', client, host: job.url, withoutInterceptors: true, ...options });
        this.socket = echo.connector.socket;
        for (const name of this.channels) {
            const heard = [];
            this.heardByEcho.set(name, heard);
            const channel = echo.channel(name);
            job.events.forEach((event) => channel.listen(`.${event}`, (data) => heard.push(JSON.stringify([event, data]))));
        }
    }

    #listenToEverything() {
        this.socket.on('disconnect', (reason) => this.faults.push(`disconnected: ${reason}`));
        if (this.socket.onAny) {
            this.socket.onAny((...args) => this.#receive(args));
        } else {
            const original = this.socket.onevent; // Version 2 has no public way to hear of every event.
            this.socket.onevent = (packet) => {
                this.#receive(packet.data);
                original.call(this.socket, packet);
            };
        }
    }

    #receive([event, channel, data, ...more]) {
        const received = this.received.get(channel);
        if (!received || data === undefined || more.length > 0) {
            this.faults.push(`not for it: ${JSON.stringify([event, channel, data, ...more])}`);
        } else if (event === PROBE) {
            this.#probed.add(channel);
        } else if (event === END) {
            this.#ended.add(channel);
        } else {
            received.push(JSON.stringify([event, data]));
        }
    }

    /** Settles once it is connected; its `id` is known then. */
    async connected() {
        await within(CONNECT_MS, `${this.name} connects`, (resolve, reject) => {
            this.socket.once('connect', resolve);
            this.socket.once('connect_error', (error) => reject(new Error(`${this.name}: ${error.message ?? error}`)));
        });
        this.id = this.socket.id;
    }

    /** Whether all its subscriptions are in force. */
    get isSubscribed() {
        return this.#probed.size === this.channels.length;
    }

    /** Whether the last event of each of its channels has come. */
    get hasAll() {
        return this.#ended.size === this.channels.length;
    }

    close() {
        this.socket.off('disconnect');
        this.socket.disconnect();
    }
}
