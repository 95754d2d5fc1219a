/** Numbered events: none lost, none doubled, none out of order, whatever the transport does meanwhile. */
import { that } from './expect.mjs';
import { arrive, record } from './numbers.mjs';

export async function burstFromConnectOn(cell) {
    await ticksArrive(cell, 3600);
}

export async function burstOfFiveAtOnce(cell) {
    await Promise.all(Array.from({ length: 5 }, () => ticksArrive(cell, 1200)));
}

export async function burstOnDemand(cell) {
    const socket = await cell.connected();
    await cell.settled(socket);
    const ticks = record(socket, 'tick');
    socket.emit('burst', 1000);
    await arrive(ticks, 1000);
}

/** The other direction: sent before, during and after the upgrade, answered one by one. */
export async function burstFromClient(cell) {
    const socket = cell.open();
    const answers = record(socket, 'echo-back');
    await cell.connection(socket);
    for (let i = 0; i < 1000; i++) {
        socket.emit('echo', i);
        if (i % 50 === 49) {
            await new Promise((resolve) => setTimeout(resolve, 2));
        }
    }
    await arrive(answers, 1000);
    await cell.settled(socket);
}

async function ticksArrive(cell, n) {
    const socket = cell.open({ query: { burst: n } });
    const ticks = record(socket, 'tick');
    await cell.connection(socket);
    await arrive(ticks, n);
    await cell.settled(socket);
    that(ticks.length === n, `${ticks.length} of ${n}: more came after the upgrade`);
}
