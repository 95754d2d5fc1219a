/**
 * Many clients at once: counts what each of them was sent, against what it should have been sent.
 *
 * Usage: node fleet.mjs '{"url": string, "clients": number, "channels": [string], "events": [string], "expected": FILE}'
 * For https the object also has "ca": FILE, the certificate to trust.
 * Prints `connected [{"id": string, "channels": [string]}]`; then waits for the event `fleet.probe` on every channel
 * (repeat it until the answer comes) and prints `subscribed`; then waits for the event `fleet.end` on every channel, reads
 * FILE, prints `fault …` lines and `summary {…}`, and exits with 1 if there is any fault.
 *
 * FILE has one line of JSON for each message, in the order of publishing: {"event", "channel", "data", "except": id or null}.
 */
import { readFile } from 'node:fs/promises';
import { until } from './interop/expect.mjs';
import { Member } from './fleet/member.mjs';
import { compare } from './fleet/tally.mjs';

const PATIENCE_MS = 30_000;
const CLOSING_MS = 5_000;
const MAX_FAULT_LINES = 20;

const job = JSON.parse(process.argv[2]);
const members = Array.from({ length: job.clients }, (_, index) => new Member(index, job));
await Promise.all(members.map((member) => member.connected()));
console.log(`connected ${JSON.stringify(members.map(({ id, channels }) => ({ id, channels })))}`);
await allMembers((member) => member.isSubscribed, 'subscribed');
console.log('subscribed');
await allMembers((member) => member.hasAll, 'at the end');
report(await messages());

/** Gives up on the stragglers after a while: what they lack is counted as lost. */
async function allMembers(condition, what) {
    const missing = () => members.filter((member) => !condition(member));
    await until(() => missing().length === 0, () => what, PATIENCE_MS)
        .catch(() => missing().forEach((member) => member.faults.push(`not ${what} within ${PATIENCE_MS} ms`)));
}

async function messages() {
    const lines = (await readFile(job.expected, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line))
        .map(({ event, channel, data, except }) => ({ channel, except, text: JSON.stringify([event, data]) }));
}

function report(published) {
    const summary = { deliveries: 0, deliveriesByEcho: 0, lost: 0, doubled: 0, unknown: 0, disordered: 0, faults: 0 };
    const lines = [];
    const check = (who, channel, expected, received) => {
        const { example, ...wrong } = compare(expected, received);
        Object.entries(wrong).forEach(([kind, count]) => (summary[kind] += count));
        if (example !== undefined) {
            lines.push(`fault ${who} on ${channel}: ${JSON.stringify(wrong)}, for instance ${example}`);
        }
    };
    for (const member of members) {
        for (const channel of member.channels) {
            const expected = published.filter((m) => m.channel === channel && m.except !== member.id).map((m) => m.text);
            const received = member.received.get(channel);
            summary.deliveries += received.length;
            check(member.name, channel, expected, received);
            const heard = member.heardByEcho.get(channel);
            if (heard) {
                summary.deliveriesByEcho += heard.length;
                check(`${member.name}, listen()`, channel, expected, heard);
            }
        }
        summary.faults += member.faults.length;
        member.faults.forEach((fault) => lines.push(`fault ${member.name}: ${fault}`));
        member.close();
    }
    lines.slice(0, MAX_FAULT_LINES).forEach((line) => console.log(line));
    console.log(`summary ${JSON.stringify(summary)}`);
    process.exitCode = lines.length === 0 ? 0 : 1;
    setTimeout(() => process.exit(), CLOSING_MS).unref(); // A proxy may keep a connection that its server has closed.
}
