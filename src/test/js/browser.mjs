/**
 * One cell of the interop matrix in headless Chromium: the client library's own bundle with its default transports,
 * on a page of another origin than the server's. For client 2 JSONP polling as well.
 *
 * Usage: node browser.mjs --url http://127.0.0.1:PORT --client 2|3|4 [--only name]
 * The environment variable CHROMIUM names the browser (default /usr/bin/chromium).
 * Output, exit code and what the server has to be: as in interop.mjs.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { summary } from './interop/report.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PAGE = '<!doctype html><meta charset="utf-8"><title>interop</title><script src="/client.js"></script>';
const LOOPBACK_ONLY = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';

const { values: flags } = parseArgs({
    options: { url: { type: 'string' }, client: { type: 'string' }, only: { type: 'string' } },
});

const site = createServer(serve).listen(0, '127.0.0.1', async () => {
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        headless: true,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', LOOPBACK_ONLY],
    });
    try {
        process.exitCode = summary(await runIn(await browser.newPage()), console.log);
    } finally {
        await browser.close();
        site.close();
        site.closeAllConnections();
    }
});

async function runIn(page) {
    page.on('pageerror', (error) => console.log(`page: ${error}`));
    await page.exposeFunction('print', (line) => console.log(line));
    await page.goto(`http://127.0.0.1:${site.address().port}/`);
    return page.evaluate(
        async (task) => (await import('/interop/in-page.mjs')).runInPage(task),
        { client: Number(flags.client), url: flags.url, name: flags.only });
}

async function serve(request, response) {
    try {
        const [type, body] = await content(new URL(request.url, 'http://page').pathname);
        response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(body);
    } catch {
        response.writeHead(404).end();
    }
}

async function content(path) {
    if (path === '/') {
        return ['text/html', PAGE];
    }
    const file = path === '/client.js' ? `node_modules/socket.io-client-${flags.client}/dist/socket.io.js` : path;
    return ['text/javascript', await readFile(join(HERE, file))];
}
