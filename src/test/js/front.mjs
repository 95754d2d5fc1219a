/**
 * A page in headless Chromium, on the site of a proxy that speaks HTTP/2 in front of the server; any certificate will do.
 *
 * Usage: node front.mjs --url https://127.0.0.1:PORT
 * The environment variable CHROMIUM names the browser (default /usr/bin/chromium).
 * Prints for `polling`, `websocket` and `default` what a client of version 4 with these transports found:
 * `TRANSPORTS {"transport", "protocols"}`, the protocols being those of its HTTP requests; or `FAIL reason`, and exits with 1.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const SCRIPT = '/socket.io/v4/socket.io.js';

const { values: flags } = parseArgs({ options: { url: { type: 'string' } } });

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--ignore-certificate-errors', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
try {
    const page = await browser.newPage();
    await page.goto(flags.url + SCRIPT); // Any page of the site will do.
    await page.addScriptTag({ url: SCRIPT });
    for (const transports of ['polling', 'websocket', 'default']) {
        console.log(`${transports} ${JSON.stringify(await page.evaluate(visit, transports))}`);
    }
} catch (error) {
    console.log(`FAIL ${error}`);
    process.exitCode = 1;
} finally {
    await browser.close();
}

/** Runs in the page: connects, awaits the last transport and a round trip of a private channel. */
function visit(transports) {
    const options = { forceNew: true, reconnection: false, ...(transports === 'default' ? {} : { transports: [transports] }) };
    const socket = window.io(options);
    return new Promise((resolve, reject) => {
        const late = () => reject(new Error(`${transports}: nothing more, with ${socket.io.engine?.transport?.name}`));
        const timer = setTimeout(late, 10_000);
        const fail = (error) => reject(new Error(`${transports}: ${error.message ?? error}`));
        socket.on('connect_error', fail);
        socket.on('disconnect', fail);
        socket.on('presence:subscribed', () => {
            const ofThisSession = ({ name }) => name.includes(`sid=${socket.io.engine.id}`);
            const seen = performance.getEntriesByType('resource').filter(ofThisSession);
            const protocols = [...new Set(seen.map(({ nextHopProtocol }) => nextHopProtocol))];
            clearTimeout(timer);
            socket.off('disconnect');
            const transport = socket.io.engine.transport.name;
            socket.disconnect();
            resolve({ transport, protocols });
        });
        const subscribe = () =>
            socket.emit('subscribe', { channel: `presence-${transports}`, auth: { headers: { 'X-User': transports } } });
        socket.on('connect', () => {
            const isLast = transports === 'polling' || socket.io.engine.transport.name === 'websocket';
            isLast ? subscribe() : socket.io.engine.once('upgrade', subscribe);
        });
    });
}
