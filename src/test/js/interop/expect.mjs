/** Bounded waits and a comparison that knows binary data. Runs in Node and in browsers. */

const PATIENCE_MS = 10_000;
const POLL_MS = 10;

/** The arguments of the next `event` of `socket`; rejects after `ms`. Call it before causing the event. */
export function next(socket, event, ms = PATIENCE_MS) {
    return within(ms, `event ${event}`, (resolve) => socket.once(event, (...args) => resolve(args)));
}

/** What the server acknowledges `event` with, as an array; rejects after `ms`. */
export function acked(socket, event, ...args) {
    return within(PATIENCE_MS, `ack of ${event}`, (resolve) =>
        socket.emit(event, ...args, (...answer) => resolve(answer)));
}

/** Settles once `condition()` (which may be async) is true; rejects after `ms` with `what()` in its message. */
export async function until(condition, what, ms = PATIENCE_MS) {
    const deadline = Date.now() + ms;
    while (!(await condition())) {
        if (Date.now() > deadline) {
            throw new Error(`not within ${ms} ms: ${what()}`);
        }
        await pause(POLL_MS);
    }
}

/** Resolves after `ms`: only for asserting that something does not happen. */
export function pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The promise built by `start(resolve, reject)`, rejected after `ms`. */
export function within(ms, what, start) {
    const bounded = new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`not within ${ms} ms: ${what}`)), ms);
        const settling = (settle) => (value) => (clearTimeout(timer), settle(value));
        start(settling(resolve), settling(reject));
    });
    bounded.catch(() => {}); // A check that failed before awaiting it must not end the process.
    return bounded;
}

/** Throws with `message` unless `claim` holds. */
export function that(claim, message) {
    if (!claim) {
        throw new Error(message);
    }
}

/** Throws, naming the first differing place, unless both values are equal; binary data equals binary data only. */
export function same(actual, expected, place = '$') {
    if (isBinary(expected)) {
        that(isBinary(actual), `${place}: ${excerpt(actual)} instead of binary data`);
        sameBytes(bytes(actual), bytes(expected), place);
    } else if (expected !== null && typeof expected === 'object') {
        that(actual !== null && typeof actual === 'object' && Array.isArray(actual) === Array.isArray(expected),
            `${place}: ${excerpt(actual)} instead of ${excerpt(expected)}`);
        that(!isBinary(actual), `${place}: binary data instead of ${excerpt(expected)}`);
        sameKeys(actual, expected, place);
        Object.keys(expected).forEach((key) => same(actual[key], expected[key], `${place}.${key}`));
    } else {
        that(Object.is(actual, expected), `${place}: ${excerpt(actual)} instead of ${excerpt(expected)}`);
    }
}

function sameBytes(actual, expected, place) {
    const wrong = expected.findIndex((byte, i) => byte !== actual[i]);
    that(actual.length === expected.length, `${place}: ${actual.length} bytes instead of ${expected.length}`);
    that(wrong === -1, `${place}: byte ${wrong} is ${actual[wrong]} instead of ${expected[wrong]}`);
}

function sameKeys(actual, expected, place) {
    const [has, wants] = [actual, expected].map((value) => JSON.stringify(Object.keys(value).sort()));
    that(has === wants, `${place}: keys ${has.slice(0, 120)} instead of ${wants.slice(0, 120)}`);
}

function isBinary(value) {
    return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

function bytes(value) {
    return value instanceof ArrayBuffer
        ? new Uint8Array(value)
        : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function excerpt(value) {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 120 ? `${text.slice(0, 120)}… (${text.length} characters)` : text;
}
