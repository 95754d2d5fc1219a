/**
 * Many sessions that upgrade while numbered events travel both ways.
 *
 * Usage: node upgrade-order.mjs --url http://127.0.0.1:PORT --client 2|3|4 --sessions N
 * Prints as interop.mjs does, one check for each batch of sessions.
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { Cell } from './interop/cell.mjs';
import { arrive, record } from './interop/numbers.mjs';
import { run, summary } from './interop/report.mjs';

const BATCH = 5;
const DOWN = 1600; // From the connection on until about 40 ms later: before, during and behind the upgrade.
const UP = 100;

const { values: flags } = parseArgs({
    options: { url: { type: 'string' }, client: { type: 'string' }, sessions: { type: 'string', default: '20' } },
});

async function upgradeUnderLoad(cell) {
    await Promise.all(Array.from({ length: BATCH }, () => oneSession(cell)));
}

async function oneSession(cell) {
    const socket = cell.open({ query: { burst: DOWN } });
    const [down, answers] = [record(socket, 'tick'), record(socket, 'echo-back')];
    await cell.connection(socket);
    for (let i = 0; i < UP; i++) {
        socket.emit('echo', i);
        await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all([arrive(down, DOWN), arrive(answers, UP)]);
    await cell.settled(socket);
}

const cell = new Cell({
    io: createRequire(import.meta.url)(`socket.io-client-${flags.client}`),
    client: Number(flags.client),
    url: flags.url,
    transport: 'default',
    binary: Buffer.from,
});
const batches = Array.from({ length: Number(flags.sessions) / BATCH }, () => upgradeUnderLoad);
process.exit(summary([await run(cell, batches, console.log)], console.log));
