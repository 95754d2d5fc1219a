/** What events, acknowledgements and namespaces carry. */
import { acked, next, same, that } from './expect.mjs';

const TRICKY = 'abcé中😀\u2028"\\\n';
const BIG_TEXT_BYTES = 500_000;

export async function connect(cell) {
    const socket = await cell.connected();
    const first = cell.transport === 'websocket' ? 'websocket' : 'polling';
    that(cell.transport === 'default' || cell.transportOf(socket) === first, `connected with ${cell.transportOf(socket)}`);
    await cell.settled(socket);
    that(typeof socket.id === 'string' && socket.id.length > 0, `socket id: ${socket.id}`);
}

export async function emitObject(cell) {
    const socket = await cell.connected();
    await comesBack(socket, { order: 1, lines: [{ sku: 'a', qty: 2 }], paid: true });
}

export async function severalArguments(cell) {
    const socket = await cell.connected();
    await comesBack(socket);
    await comesBack(socket, 'text', 1, false, [1, 2], { a: 'b' });
}

export async function trickyBroadcast(cell) {
    const socket = await cell.connected();
    const data = { text: TRICKY, [TRICKY]: [TRICKY, { [TRICKY]: '' }] };
    const received = next(socket, 'App\\Events\\Tricky');
    socket.emit('broadcast-me', data);
    same(await received, ['chan', data]);
}

export async function bigMultiByteText(cell) {
    const socket = await cell.connected();
    const unit = 'é中😀 abc';
    const text = unit.repeat(Math.ceil(BIG_TEXT_BYTES / new TextEncoder().encode(unit).length));
    await comesBack(socket, text);
    await comesBack(socket, { channel: 'chan', [TRICKY]: text });
}

export async function nullAndNested(cell) {
    const socket = await cell.connected();
    await comesBack(socket, null);
    await comesBack(socket, null, { a: null, b: [null, { c: null }] }, [], {}, [[]], [{}], '');
    await comesBack(socket, nested(30), [nested(29)]);
}

export async function numbersAsSent(cell) {
    const socket = await cell.connected();
    await comesBack(socket, 0, -1, 1.5, 1e21, 5e-324, 2 ** 60, Number.MAX_SAFE_INTEGER, [Number.MIN_SAFE_INTEGER], 1.7976931348623157e308);
}

export async function ackFromServer(cell) {
    const socket = await cell.connected();
    const args = [null, TRICKY, { a: [1, null] }];
    same(await acked(socket, 'ack', ...args), args);
    same(await acked(socket, 'ack'), []);
    const many = Array.from({ length: 50 }, (_, i) => i);
    same(await Promise.all(many.map((i) => acked(socket, 'ack', i))), many.map((i) => [i]));
}

export async function ackFromClient(cell) {
    await answers(cell, [null, TRICKY, { a: 1 }], [TRICKY, null, [{ b: 2 }]]);
    await answers(cell, [], []);
}

export async function binaryEcho(cell) {
    const socket = await cell.connected();
    await comesBack(socket, someBytes(cell, 1));
    await comesBack(socket, someBytes(cell, 0));
    await comesBack(socket, ...attachments(cell));
}

/** More than the bundle of client 2 can turn into base64, so not for JSONP. */
export async function bigBinaryEcho(cell) {
    const socket = await cell.connected();
    await comesBack(socket, someBytes(cell, 200_000), { text: TRICKY });
}

export async function binaryAcks(cell) {
    const socket = await cell.connected();
    same(await acked(socket, 'ack', ...attachments(cell)), attachments(cell));
    await answers(cell, attachments(cell), attachments(cell).reverse());
}

/** Clients that cannot handle binary transports ask for base64 on every transport. */
export async function binaryAsBase64(cell) {
    await comesBack(await cell.connected({ forceBase64: true }), ...attachments(cell));
}

export async function twoNamespaces(cell) {
    const root = await cell.connected();
    const custom = root.io.socket('/custom');
    await cell.connection(custom);
    const [seenByRoot, seenByCustom] = [record(root), record(custom)];
    root.emit('echo', 'root', null);
    custom.emit('echo', 'custom', TRICKY);
    same(await acked(root, 'ack', 'r'), ['r']);
    same(await acked(custom, 'ack', 'c'), ['c']);
    same(seenByRoot, [['root', null]]);
    same(seenByCustom, [['custom', TRICKY]]);
    custom.disconnect();
    same(await acked(root, 'ack', 'still here'), ['still here']);
}

export async function unknownNamespace(cell) {
    const root = await cell.connected();
    const refusal = next(root.io.socket('/unknown'), cell.client === 2 ? 'error' : 'connect_error');
    const [reason] = await refusal;
    same(reason.message ?? reason, 'Invalid namespace');
    same(await acked(root, 'ack', 'still here'), ['still here']);
}

async function comesBack(socket, ...args) {
    const back = next(socket, 'echo-back');
    socket.emit('echo', ...args);
    same(await back, args);
}

async function answers(cell, question, answer) {
    const socket = await cell.connected();
    const asked = [];
    socket.on('question', (...args) => {
        asked.push(args.slice(0, -1));
        args.at(-1)(...answer);
    });
    const answered = next(socket, 'answered');
    socket.emit('ask', ...question);
    same(await answered, answer);
    same(asked, [question]);
}

function record(socket) {
    const seen = [];
    socket.on('echo-back', (...args) => seen.push(args));
    return seen;
}

function attachments(cell) {
    return [{ a: someBytes(cell, 3), deep: [{ b: someBytes(cell, 300) }, null] }, 'text', someBytes(cell, 70_000), [someBytes(cell, 1)]];
}

/** `length` bytes that are no valid UTF-8 and repeat with an odd period, so that a shift shows. */
function someBytes(cell, length) {
    return cell.binary(Uint8Array.from({ length }, (_, i) => (i * 7 + 128) % 251));
}

function nested(depth) {
    return depth === 0 ? 'bottom' : depth % 2 ? { inner: nested(depth - 1) } : [nested(depth - 1)];
}
