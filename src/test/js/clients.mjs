/**
 * Clients of socket.io-client 2.5, 3.1 and 4.8, each with every choice of transports, which do what their public channel
 * tells them to. They connect again at once, so that what is seen is when they notice that they must.
 *
 * Usage: node clients.mjs LABEL URL [close-transport]
 * Prints lines `MILLISECONDS LABEL-VERSION-TRANSPORT WHAT`, where WHAT is `connected`, `disconnected` or
 * `event NAME [ARGUMENT, …]`. On each connection every client subscribes to its channels. The event `act` with the data
 * `{client, do}` has the client of that name whisper, or else leave the presence channel. With `close-transport` each asks
 * once, a second after it has connected, for the end of its transport.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const TRANSPORTS = { polling: ['polling'], websocket: ['websocket'], default: undefined };
const CHANNELS = ['news', 'private-orders', 'presence-room'];
const EVENTS = ['order', 'presence:subscribed', 'presence:joining', 'presence:leaving', 'client-typing', 'subscription_error'];
const QUICK = { reconnectionDelay: 100, reconnectionDelayMax: 200, randomizationFactor: 0 };

const [label, url, closes] = process.argv.slice(2);

function client(name, library, transports) {
    const say = (...what) => console.log(Date.now(), name, ...what);
    const socket = library(url, { ...QUICK, forceNew: true, ...(transports && { transports }) });
    let closing = closes;
    socket.on('connect', () => {
        say('connected');
        CHANNELS.forEach((channel) =>
            socket.emit('subscribe', { channel, auth: { headers: { 'X-User': name } } }));
        if (closing) {
            closing = false;
            setTimeout(() => socket.emit('close-transport'), 1000);
        }
    });
    socket.on('disconnect', (reason) => say('disconnected', reason));
    EVENTS.forEach((event) => socket.on(event, (...args) => say('event', event, JSON.stringify(args))));
    socket.on('act', (_, data) => {
        if (data.client === name && data.do === 'whisper') {
            socket.emit('client event', { channel: 'private-orders', event: 'client-typing', data: name });
        } else if (data.client === name) {
            socket.emit('unsubscribe', { channel: 'presence-room' });
        }
    });
}

for (const version of ['2', '3', '4']) {
    const library = require(`socket.io-client-${version}`);
    for (const [transport, transports] of Object.entries(TRANSPORTS)) {
        client(`${label}-${version}-${transport}`, library.io ?? library, transports);
    }
}
