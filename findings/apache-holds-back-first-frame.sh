#!/usr/bin/env bash
# Apache 2.4.71 (Debian 12), mod_http2 with "H2WebSockets on" (RFC 8441): what an upstream server sends in the same segment as
# its 101 answer does not reach the client before the upstream sends more. Over HTTP/1.1 it arrives at once.
# Needs: apache2, node 20 or newer, openssl; nothing else is installed. Exits 0 as long as it behaves so, else 1.
#
# Output seen, 2026-12-01:
#     Server version: Apache/2.4.71 (Debian)
#     one segment:  status 200, first frame after 2 s: none
#     50 ms apart:  status 200, first frame after 2 s: hello
set -euo pipefail
apache=$(command -v /usr/sbin/apache2 apache2 httpd | head -n 1) || { echo "there is no apache2" >&2; exit 2; }
work=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
"$apache" -v | head -n 1
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 2 \
    -subj /CN=localhost 2>/dev/null

cat >upstream.mjs <<'JS'
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { writeFileSync } from 'node:fs';
// The first path answers with 101 and a text frame in one write, the other with a pause between them.
const server = createServer((socket) => {
    socket.on('error', () => {}).setNoDelay(true).once('data', (bytes) => {
        const request = bytes.toString('latin1');
        const key = /sec-websocket-key: *(\S+)/i.exec(request)[1];
        const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        const answer = Buffer.from(
            `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
        const frame = Buffer.concat([Buffer.from([0x81, 5]), Buffer.from('hello')]);
        if (request.startsWith('GET /one')) {
            socket.write(Buffer.concat([answer, frame]));
        } else {
            socket.write(answer);
            setTimeout(() => socket.write(frame), 50);
        }
    });
}).listen(0, '127.0.0.1', () => writeFileSync('upstream.port', String(server.address().port)));
JS
cat >client.mjs <<'JS'
import { connect } from 'node:http2';
const session = connect(`https://127.0.0.1:${process.argv[2]}`, { rejectUnauthorized: false });
await new Promise((resolve) => session.once('remoteSettings', resolve));
for (const [path, name] of [['/one', 'one segment: '], ['/two', '50 ms apart: ']]) {
    const stream = session.request({
        ':method': 'CONNECT', ':protocol': 'websocket', ':scheme': 'https', ':path': path, ':authority': 'localhost',
        'sec-websocket-version': '13',
    });
    let status, text = '';
    stream.on('response', (headers) => (status = headers[':status']));
    stream.on('data', (bytes) => (text += bytes.subarray(2).toString()));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    console.log(`${name} status ${status}, first frame after 2 s: ${text || 'none'}`);
    stream.close();
}
session.destroy();
JS
node upstream.mjs & started+=($!)
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
for _ in $(seq 100); do [ -s upstream.port ] && break; sleep 0.1; done
modules=/usr/lib/apache2/modules
{
    for name in mpm_event authz_core socache_shmcb ssl http2 proxy proxy_http; do
        echo "LoadModule ${name}_module $modules/mod_$name.so"
    done
    [ "$(id -u)" != 0 ] || printf 'User www-data\nGroup www-data\n'
    cat <<CONF
ServerRoot $work
ServerName localhost
PidFile $work/pid
DefaultRuntimeDir $work
Mutex file:$work default
ErrorLog $work/error.log
Listen 127.0.0.1:$port
SSLEngine on
SSLCertificateFile $work/cert.pem
SSLCertificateKeyFile $work/key.pem
Protocols h2 http/1.1
H2WebSockets on
ProxyPass / http://127.0.0.1:$(cat upstream.port)/ upgrade=websocket
CONF
} >apache.conf
"$apache" -D FOREGROUND -f "$work/apache.conf" & started+=($!)
for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
node client.mjs "$port" | tee result
grep -q '^one segment: .*none$' result && grep -q '^50 ms apart: .*hello$' result
