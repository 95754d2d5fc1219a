import { connect, createServer } from 'node:net';
import { once } from 'node:events';

/** A TCP relay to a server that can break or fall silent. */
export class FragilePath {
    #server;
    #pairs = new Set();
    #silent = false;

    /** A relay on a free port to the server at `url`. */
    static async to(url) {
        const path = new FragilePath();
        const { hostname, port } = new URL(url);
        path.#server = createServer((near) => path.#relay(near, connect(Number(port), hostname)));
        path.#server.listen(0, '127.0.0.1');
        await once(path.#server, 'listening');
        path.url = `http://127.0.0.1:${path.#server.address().port}`;
        return path;
    }

    /** Resets every connection; new ones get through. */
    cut() {
        this.#pairs.forEach((pair) => pair.forEach((socket) => socket.resetAndDestroy()));
    }

    /** Holds back everything, on new connections too, and closes nothing. */
    silence() {
        this.#silent = true;
        this.#pairs.forEach(([near, far]) => mute(near, far));
    }

    /** Lets new connections through again; the ones that fell silent stay so. */
    heal() {
        this.#silent = false;
    }

    close() {
        this.#pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
        this.#server.close();
    }

    #relay(near, far) {
        const pair = [near, far];
        this.#pairs.add(pair);
        const end = () => {
            this.#pairs.delete(pair);
            pair.forEach((socket) => socket.destroy());
        };
        pair.forEach((socket) => socket.setNoDelay(true).on('error', end).on('close', end));
        if (!this.#silent) {
            near.pipe(far).pipe(near);
        }
    }
}

function mute(near, far) {
    near.unpipe(far).pause();
    far.unpipe(near).pause();
}
