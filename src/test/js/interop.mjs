/**
 * One cell of the interop matrix in Node: a real client library against a server with the behaviour of reference-server.mjs.
 *
 * Usage: node interop.mjs --url http://127.0.0.1:PORT --client 2|3|4 --transport polling|websocket|default [--only name]
 * The server should ping every 1000 ms and wait 2000 ms; nothing else may be connected to it.
 * Prints `ok name ms` or `FAIL name reason` for each check and `N passed, M failed` at last; exits with 1 if any failed.
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { Cell } from './interop/cell.mjs';
import { FragilePath } from './interop/fragile-path.mjs';
import { run, summary } from './interop/report.mjs';
import { inNode, only } from './interop/suites.mjs';

const { values: flags } = parseArgs({
    options: {
        url: { type: 'string' },
        client: { type: 'string' },
        transport: { type: 'string', default: 'default' },
        only: { type: 'string' },
    },
});

class NodeCell extends Cell {
    #paths = [];

    /** A breakable path to the server, for as long as the check runs. */
    async path() {
        const path = await FragilePath.to(this.url);
        this.#paths.push(path);
        return path;
    }

    closeAll() {
        super.closeAll();
        this.#paths.splice(0).forEach((path) => path.close());
    }
}

const cell = new NodeCell({
    io: createRequire(import.meta.url)(`socket.io-client-${flags.client}`),
    client: Number(flags.client),
    url: flags.url,
    transport: flags.transport,
    binary: Buffer.from,
});
process.exit(summary([await run(cell, only(flags.only, inNode), console.log)], console.log));
