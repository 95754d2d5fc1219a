import { that, until, within } from './expect.mjs';

const CONNECT_MS = 10_000;

/** One cell of the matrix: a client library, its transports and a server. Runs in Node and in browsers. */
export class Cell {
    #io;
    #options;
    #sockets = [];
    #trace = [];

    /**
     * @param io       the client library's entry function
     * @param client   its major version: 2, 3 or 4
     * @param url      of the server under test
     * @param transport `polling`, `websocket` or `default` (the library's own choice)
     * @param binary   makes the platform's binary type of a Uint8Array
     * @param options  further client options of every connection
     */
    constructor({ io, client, url, transport, binary, options = {} }) {
        this.#io = io;
        this.client = client;
        this.url = url;
        this.transport = transport;
        this.binary = binary;
        this.#options = transport === 'default' ? options : { transports: [transport], ...options };
    }

    /** A socket that begins to connect, on a connection of its own; it does not reconnect unless told to. */
    open(options = {}, url = this.url) {
        const socket = this.#io(url, { forceNew: true, reconnection: false, timeout: CONNECT_MS, ...this.#options, ...options });
        this.#sockets.push(socket);
        socket.on('disconnect', (reason) => {
            if (reason !== 'io client disconnect') {
                this.#trace.push(`disconnect: ${reason}`);
            }
        });
        socket.on('connect_error', (error) => this.#trace.push(`connect_error: ${error.message ?? error}`));
        return socket;
    }

    /** A connected socket. */
    async connected(options, url) {
        const socket = this.open(options, url);
        await this.connection(socket);
        return socket;
    }

    /** Settles when a connecting `socket` is connected or could not connect. */
    connection(socket) {
        return within(CONNECT_MS, 'event connect', (resolve, reject) => {
            socket.once('connect', resolve);
            socket.once('connect_error', (error) => reject(new Error(`connect_error: ${error.message ?? error}`)));
        });
    }

    /** The name of the transport that `socket` uses now. */
    transportOf(socket) {
        return socket.io.engine.transport.name;
    }

    /** Settles when `socket` uses the transport it has to end with. */
    async settled(socket) {
        const last = this.transport === 'polling' ? 'polling' : 'websocket';
        await until(
            () => this.transportOf(socket) === last && !socket.io.engine.upgrading,
            () => `${last}, still ${this.transportOf(socket)}`);
        that(socket.connected, 'lost its connection while upgrading');
    }

    /** Ends every connection of the check that just ran. */
    closeAll() {
        this.#sockets.forEach((socket) => socket.disconnect());
        this.#sockets = [];
    }

    /** What went wrong on connections since the last call; explains a failed check. */
    takeTrace() {
        return this.#trace.splice(0);
    }
}
