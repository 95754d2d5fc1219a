/** The part of browser.mjs that runs in the page. */
import { Cell } from './cell.mjs';
import { that } from './expect.mjs';
import { run } from './report.mjs';
import { inBrowser, only, overJsonp } from './suites.mjs';

/** Runs what applies to `client` with the library's global `io`; returns how many passed and failed in each run. */
export async function runInPage({ client, url, name }) {
    const cell = (transport, options) =>
        new Cell({ io: window.io, client, url, transport, binary: (bytes) => bytes.buffer, options });
    const totals = [await run(cell('default', { withCredentials: true }), only(name, inBrowser), window.print)];
    if (client === 2) {
        const print = (line) => window.print(line.replace(' ', ' jsonp:'));
        totals.push(await run(cell('polling', { forceJSONP: true, jsonp: true }), only(name, [...overJsonp, scriptTags]), print));
    }
    return totals;
}

/** That the checks before did not run over something newer. */
async function scriptTags(cell) {
    const scripts = () => performance.getEntriesByType('resource').filter((entry) => entry.initiatorType === 'script').length;
    performance.clearResourceTimings();
    await cell.connected();
    that(scripts() > 0, 'connected without loading a script');
}
