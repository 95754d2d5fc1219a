/**
 * Clients of each generation over each transport, which watch ascending numbers on the channel `news`.
 *
 * Usage: node watch.mjs --url http://127.0.0.1:PORT [--clients NUMBER] [--ca FILE] [--gapless]
 * Prints `connected`, then `heard N` whenever N has come to all of them, and `fault …` if a number is not higher than the one
 * before (with --gapless: by one) or if a connection is lost. Ends when told to.
 */
import { parseArgs } from 'node:util';
import { connected, kind, KINDS, onEveryEvent } from './fleet/client.mjs';

const REPORT_EVERY_MS = 20;

const { values: flags } = parseArgs({ options: {
    url: { type: 'string' },
    clients: { type: 'string', default: String(KINDS) },
    ca: { type: 'string' },
    gapless: { type: 'boolean', default: false },
} });
const last = new Array(Number(flags.clients)).fill(-1);

await Promise.all(last.map((_, index) => watch(index)));
console.log('connected');

let reported = -1;
setInterval(() => {
    const heard = Math.min(...last);
    if (heard > reported) {
        reported = heard;
        console.log(`heard ${heard}`);
    }
}, REPORT_EVERY_MS);

async function watch(index) {
    const { name, io, options } = kind(index, flags.ca);
    const socket = io(flags.url, options);
    socket.emit('subscribe', { channel: 'news', auth: { headers: {} } });
    socket.on('disconnect', (reason) => console.log(`fault ${name}: disconnected: ${reason}`));
    onEveryEvent(socket, (event, channel, number) => {
        const isFirst = last[index] < 0;
        const isNext = flags.gapless && !isFirst ? number === last[index] + 1 : number > last[index];
        if (channel !== 'news' || !isNext) {
            console.log(`fault ${name}: after ${last[index]} came ${JSON.stringify([event, channel, number])}`);
        }
        last[index] = number;
    });
    await connected(socket, name);
}
