/** Pages as people write them: laravel-echo with every client over every choice of transports. */
import { createRequire } from 'node:module';
import Echo from 'laravel-echo';

const require = createRequire(import.meta.url);
const CLIENTS = [2, 3, 4];
const TRANSPORTS = ['polling', 'websocket', 'default'];

/** What each page of the matrix is made of. */
export function kinds() {
    const kinds = CLIENTS.flatMap((client) => TRANSPORTS.map((transport) => ({ client, transport })));
    return [...kinds, { client: 2, transport: 'websocket', forceBase64: true }, { client: 4, transport: 'polling', forceBase64: true }];
}

export class Page {
    connects = 0;
    refusals = [];

    /** A page on the server at `url` whose visitor is `user`; its token has `tokenLength` characters. */
    constructor({ client, transport, ...options }, url, user, tokenLength = 100) {
        this.name = `client ${client}, ${transport}${options.forceBase64 ? ', base64' : ''}`;
        this.echo = new Echo({
            broadcaster: 'socket.io',
            client: require(`socket.io-client-${client}`),
            host: url,
            withoutInterceptors: true,
            forceNew: true,
            reconnectionDelay: 100,
            reconnectionDelayMax: 100,
            auth: { headers: { 'X-User': user, Authorization: `Bearer ${'t'.repeat(tokenLength)}` } },
            ...(transport === 'default' ? {} : { transports: [transport] }),
            ...options,
        });
        this.socket = this.echo.connector.socket;
        this.socket.on('connect', () => this.connects++);
        this.socket.on('subscription_error', (...refusal) => this.refusals.push(refusal));
    }

    close() {
        this.socket.disconnect();
    }
}
