/** How connections begin, end and begin again. */
import { acked, next, pause, same, that, until } from './expect.mjs';
import { alone, counts, QUICK } from './presence.mjs';

const AWAY_MS = 300;
const SEVERAL_HEARTBEATS_MS = 3500;

export async function reconnectsOfOneManager(cell) {
    const socket = cell.open({ autoConnect: false });
    for (let i = 0; i < 20; i++) {
        const connection = cell.connection(socket);
        socket.connect();
        await connection;
        same(await acked(socket, 'ack', i), [i]);
        await leave(socket);
    }
}

export async function sixtyFreshConnections(cell) {
    const observer = await alone(cell);
    for (let i = 0; i < 60; i++) {
        const socket = await cell.connected();
        same(await acked(socket, 'ack', i), [i]);
        socket.disconnect();
    }
    await counts(observer, 1);
}

export async function clientDisconnects(cell) {
    const observer = await alone(cell);
    const socket = await cell.connected();
    await counts(observer, 2);
    socket.disconnect();
    await counts(observer, 1);
}

export async function clientDisconnectsAfterTheUpgrade(cell) {
    const observer = await alone(cell);
    const socket = await cell.connected();
    await cell.settled(socket);
    await counts(observer, 2);
    socket.disconnect();
    await counts(observer, 1);
}

export async function serverClosesTheTransport(cell) {
    const observer = await alone(cell);
    const socket = await cell.connected(QUICK);
    await cell.settled(socket);
    const [lost, back] = [next(socket, 'disconnect'), next(socket, 'connect')];
    socket.emit('close-transport');
    const [reason] = await lost;
    that(reason.startsWith('transport '), `disconnect reason: ${reason}`);
    await back;
    same(await acked(socket, 'ack', 'back'), ['back']);
    await counts(observer, 2);
}

export async function serverKicks(cell) {
    const observer = await alone(cell);
    const socket = await cell.connected(QUICK);
    await cell.settled(socket);
    const lost = next(socket, 'disconnect');
    socket.emit('kick');
    const [reason] = await lost;
    same(reason, 'io server disconnect');
    await counts(observer, 1);
    await pause(AWAY_MS);
    that(!socket.connected, 'came back after a kick');
}

/** Nothing happens for several heartbeats, and nothing breaks. */
export async function heartbeat(cell) {
    const socket = await cell.connected();
    await cell.settled(socket);
    await pause(SEVERAL_HEARTBEATS_MS);
    that(socket.connected, 'lost its connection while idle');
    same(await acked(socket, 'ack', 'alive'), ['alive']);
}

/** Disconnects; the clients finish a running upgrade before they close, and cannot connect anew until then. */
async function leave(socket) {
    const engine = socket.io.engine;
    socket.disconnect();
    await until(() => engine.readyState === 'closed', () => `closed engine, still ${engine.readyState}`);
}
