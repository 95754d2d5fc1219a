/** What happens when the network between client and server fails; these need a cell that can make it fail. */
import { acked, next, pause, same } from './expect.mjs';
import { alone, counts, QUICK } from './presence.mjs';

/** Until then a polling client has sent its next request, so there is something to cut. */
const POLL_HANGS_MS = 100;

/** The path to the server breaks: the client notices at once, the server at the latest by its heartbeat. */
export async function cutConnection(cell) {
    const observer = await alone(cell);
    const path = await cell.path();
    const socket = await cell.connected(QUICK, path.url);
    await cell.settled(socket);
    const [lost, back] = [next(socket, 'disconnect'), next(socket, 'connect')];
    await pause(POLL_HANGS_MS);
    path.cut();
    await lost;
    await back;
    await worksAgain(cell, socket, observer);
}

/** The path to the server swallows everything without breaking: both sides notice by their heartbeats. */
export async function silentConnection(cell) {
    const observer = await alone(cell);
    const path = await cell.path();
    const socket = await cell.connected(QUICK, path.url);
    await cell.settled(socket);
    const [lost, back] = [next(socket, 'disconnect'), next(socket, 'connect')];
    path.silence();
    await lost;
    path.heal();
    await back;
    await worksAgain(cell, socket, observer);
}

async function worksAgain(cell, socket, observer) {
    same(await acked(socket, 'ack', 'back'), ['back']);
    await cell.settled(socket);
    await counts(observer, 2);
}
