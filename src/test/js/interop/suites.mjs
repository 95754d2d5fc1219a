/** Which checks run where. */
import * as bursts from './bursts.mjs';
import * as connections from './connections.mjs';
import * as messages from './messages.mjs';
import * as paths from './paths.mjs';

const { connect, ...otherMessages } = messages;

/** The plain connection first: without it the others are not worth trying. */
const everywhere = [connect, ...Object.values({ ...otherMessages, ...bursts, ...connections })];

export const inNode = [...everywhere, ...Object.values(paths)];

export const inBrowser = everywhere;

/** What the oldest transport can do: script tags for one direction, form posts for the other. */
export const overJsonp = [connect, messages.trickyBroadcast, messages.severalArguments, messages.binaryEcho, messages.ackFromServer];

/** The checks named `name`, or all if there is no name. */
export function only(name, checks) {
    return checks.filter((check) => !name || check.name === name);
}
