/** One client of a fleet, with everything it was sent. */
import Echo from 'laravel-echo';
import { connected, kind, KINDS, onEveryEvent } from './client.mjs';

/** Events of the fleet's own: they are not counted. */
const PROBE = 'fleet.probe';
const END = 'fleet.end';

export class Member {
    #probed = new Set();
    #ended = new Set();

    /** Client number `index` of `job`; every other nine use laravel-echo. It is on two thirds of the channels. */
    constructor(index, job) {
        const { name, io, options } = kind(index, job.ca);
        this.name = name;
        this.channels = job.channels.filter((_, at) => (index + at) % 3 !== 0);
        this.received = new Map(this.channels.map((channel) => [channel, []]));
        this.heardByEcho = new Map();
        this.faults = [];
        if (Math.floor(index / KINDS) % 2 === 1) {
            this.#useEcho(io, options, job);
        } else {
            this.socket = io(job.url, options);
            this.channels.forEach((channel) => this.socket.emit('subscribe', { channel, auth: { headers: {} } }));
        }
        this.socket.on('disconnect', (reason) => this.faults.push(`disconnected: ${reason}`));
        onEveryEvent(this.socket, (...args) => this.#receive(args));
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
        await connected(this.socket, this.name);
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
