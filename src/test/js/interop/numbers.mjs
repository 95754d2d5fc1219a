/** Numbers that must arrive once each, in their order. */
import { that, until } from './expect.mjs';

/** What arrives with `event`, from now on. */
export function record(socket, event) {
    const seen = [];
    socket.on(event, (i) => seen.push(i));
    return seen;
}

/** Settles when `seen` holds the numbers from 0 to `n` - 1, and fails if it holds them otherwise. */
export async function arrive(seen, n) {
    await until(
        () => seen.length >= n,
        () => `${n} events; ${account(seen, n)}`);
    that(seen.every((value, i) => value === i) && seen.length === n, account(seen, n));
}

function account(seen, n) {
    const distinct = new Set(seen);
    const disorder = seen.filter((value, i) => i > 0 && value < seen[i - 1]).length;
    return `${seen.length} of ${n} came: ${n - distinct.size} lost, ${seen.length - distinct.size} doubled, ${disorder} out of order`;
}
