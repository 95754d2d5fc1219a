/**
 * What pages rely on, with every client over every choice of transports, on several servers that are one.
 *
 * Usage: node pages.mjs CHECK URL…
 * Prints `fault …` lines and ends with 1 if there are any.
 */
import { same, that, until } from './interop/expect.mjs';
import { kinds, Page } from './pages/page.mjs';

const CHANNELS = 1000;
const MINUTE_MS = 60_000;

const [, , check, ...urls] = process.argv;
const checks = { manyChannels, longTokens, manyPages, whispers, bytes };
try {
    await checks[check]();
} catch (error) {
    console.log(`fault ${error.message}`);
    process.exit(1);
}
process.exit(0);

/** All channels of a page arrive, public and private ones, also when it comes back. */
async function manyChannels() {
    for (const kind of kinds()) {
        const page = new Page(kind, urls[0], 'alice');
        joinAll(page, 'all');
        await joined(page, 'all', 1);
        page.socket.io.engine.close();
        await until(() => page.connects === 2, () => `${page.name} comes back`);
        await joined(page, 'all', 1);
        page.close();
        await until(async () => (await subscribers('all')).length === 0, () => `${page.name} leaves`);
    }
}

/** Where all joins of a page come in one body: a thousand of them, each with a token of Laravel Passport's length. */
async function longTokens() {
    for (const client of [2, 3, 4]) {
        const page = new Page({ client, transport: 'polling' }, urls[0], 'alice', 1200);
        Array.from({ length: CHANNELS }, (_, n) => page.echo.private(`passport.${client}.${n}`));
        await joined(page, `private-passport.${client}`, 1);
        that(page.connects === 1, `${page.name}: connected ${page.connects} times`);
        page.close();
    }
}

/** Twenty pages ask for a thousand private channels each, at the same moment. */
async function manyPages() {
    const pages = Array.from({ length: 20 }, (_, n) => new Page({ client: 4, transport: 'websocket' }, urls[0], `user-${n}`));
    for (const page of pages) {
        Array.from({ length: CHANNELS }, (_, n) => page.echo.private(`crowd.${n}`));
    }
    await joined(pages[0], 'private-crowd', 20);
    pages.forEach((page) => that(page.refusals.length === 0, `refused: ${page.refusals[0]}`));
}

function joinAll(page, prefix) {
    for (let n = 0; n < CHANNELS; n++) {
        n % 2 === 0 ? page.echo.channel(`${prefix}.private-${n}`) : page.echo.channel(`${prefix}.${n}`);
    }
}

async function joined(page, prefix, pages) {
    await until(
        async () => (await subscribers(prefix)).filter((count) => count === pages).length === CHANNELS,
        () => `${page.name}: all channels of ${prefix}, refused ${page.refusals.length}, connected ${page.connects} times`,
        MINUTE_MS);
    that(page.refusals.length === 0, `${page.name}: refused ${page.refusals[0]}`);
}

/** How many are on each of the channels that begin with `prefix`. */
async function subscribers(prefix) {
    const answer = await fetch(`${urls[0]}/apps/les/channels?auth_key=secret&filter_by_prefix=${prefix}`);
    const { channels } = await answer.json();
    return Object.values(channels).map((channel) => channel.subscription_count);
}

/** Two seconds' worth of whispers at once; of those beyond, the page is told once, and only in an event of the channel. */
async function whispers() {
    for (const kind of kinds()) {
        const [speaker, listener] = await room([kind, { client: 4, transport: 'websocket' }], `board-${kinds().indexOf(kind)}`);
        const heard = [];
        const drops = [];
        listener.channel.listenForWhisper('draw', ({ n }) => heard.push(n));
        speaker.channel.listen('.client_event_dropped', (drop) => drops.push(drop));
        for (let n = 0; n < 480; n++) {
            speaker.channel.whisper('draw', { n });
        }
        await until(() => heard.length === 480, () => `${speaker.page.name}: 480 whispers, ${heard.length} came`);
        for (let n = 480; n < 1500; n++) {
            speaker.channel.whisper('draw', { n });
        }
        await until(() => drops.length > 0, () => `${speaker.page.name}: the page is told`);
        same(heard.slice(0, 480), Array.from({ length: 480 }, (_, n) => n));
        that(heard.length < 1500, 'nothing was dropped');
        that(drops.length === 1 && drops[0].event === 'client-draw' && drops[0].reason.includes('eventsPerSecond'), JSON.stringify(drops));
        that(speaker.page.connects === 1, `${speaker.page.name}: lost its connection`);
        [speaker, listener].forEach(({ page }) => page.close());
    }
}

/** Bytes in whispers arrive as bytes, whoever sends and whoever receives. */
async function bytes() {
    const members = await room(kinds(), 'mixed');
    for (const sender of members) {
        const data = {
            stroke: Buffer.from([0, 1, 2, 253, 254, 255]),
            layers: [{ name: 'é😀', pixels: Buffer.alloc(20_000, members.indexOf(sender)) }, null],
        };
        const others = members.filter((member) => member !== sender);
        const heard = others.map(({ channel }) => new Promise((resolve) => channel.listenForWhisper('draw', resolve)));
        sender.channel.whisper('before', {});
        sender.channel.whisper('draw', data);
        for (const [at, other] of others.entries()) {
            const late = new Promise((resolve) => setTimeout(resolve, 10_000, 'nothing'));
            same(await Promise.race([heard[at], late]), data, `${sender.page.name} to ${other.page.name}: $`);
            other.channel.stopListeningForWhisper('draw');
        }
    }
    that(members.every(({ page }) => page.connects === 1), 'a connection was lost');
}

/** Pages of these kinds in one private channel, on all servers in turn, once they hear each other. */
async function room(kinds, name) {
    const members = kinds.map((kind, n) => {
        const page = new Page(kind, urls[n % urls.length], `user-${n}`);
        const member = { page, channel: page.echo.private(name), hellos: new Set() };
        member.channel.listenForWhisper('hello', (from) => member.hellos.add(from));
        return member;
    });
    const greet = setInterval(() => members.forEach(({ channel }, n) => channel.whisper('hello', n)), 100);
    await until(() => members.every(({ hellos }) => hellos.size === members.length - 1), () => `${name}: all hear each other`);
    clearInterval(greet);
    return members;
}
