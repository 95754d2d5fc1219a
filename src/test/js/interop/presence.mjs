/** Who is connected, seen from both ends. */
import { acked, until } from './expect.mjs';

/** Options of a client that comes back at once. */
export const QUICK = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100, randomizationFactor: 0 };

/** A socket that sees the server's count, once nothing of the checks before is left there. */
export async function alone(cell) {
    const observer = await cell.connected();
    await counts(observer, 1);
    return observer;
}

/** Settles once the server counts `n` sockets in its main namespace. */
export async function counts(observer, n) {
    let seen;
    await until(
        async () => ([seen] = await acked(observer, 'count'))[0] === n,
        () => `${n} sockets on the server, still ${seen}`);
}
