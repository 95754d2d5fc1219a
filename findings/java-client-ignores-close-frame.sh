#!/usr/bin/env bash
# io.socket:socket.io-client 2.1.2 (on OkHttp 3.12.12; 1.0.2 does the same) over WebSocket does not notice that the server
# closes the WebSocket with a close frame: OkHttp stops reading there and waits for the application to close too, which
# the client never does. So it says "disconnect" only when the next ping is missing: up to pingInterval + pingTimeout later.
# Without a close frame, when only the TCP connection ends, it says so at once. Seen with socket.io 4.8.4, pings of 3 + 3 s:
#
#   end of TCP:  disconnect (transport error) after 4 ms
#   close frame: disconnect (ping timeout) after 6000 ms
#
# Exits with 1 if that changes. Needs node, npm, mvn and Java 17; takes half a minute.
set -euo pipefail
folder=$(mktemp -d)
cd "$folder"
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT

npm install --silent --no-audit --no-fund socket.io@4.8.4
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies><dependency><groupId>io.socket</groupId><artifactId>socket.io-client</artifactId><version>2.1.2</version></dependency></dependencies>
</project>
POM
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib

cat > server.js <<'JS'
const { Server } = require('socket.io');
const http = require('http').createServer();
const io = new Server(http, { pingInterval: 3000, pingTimeout: 3000 });
io.on('connection', (socket) => {
    const webSocket = socket.conn.transport.socket;
    socket.on('end of TCP', () => webSocket._socket.end());
    socket.on('close frame', () => webSocket.close());
});
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
JS
node server.js > port &
server=$!
until [ -s port ]; do sleep 0.1; done

cat > Client.java <<'JAVA'
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

class Client {
    public static void main(String[] arguments) throws Exception {
        long ofTcp = end("end of TCP", arguments[0]);
        long byFrame = end("close frame", arguments[0]);
        System.exit(ofTcp < 1000 && byFrame > 2000 ? 0 : 1);
    }

    static long end(String how, String port) throws Exception {
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnection = false;
        options.transports = new String[] {"websocket"};
        Socket socket = IO.socket(URI.create("http://127.0.0.1:" + port), options);
        CountDownLatch over = new CountDownLatch(1);
        long[] times = new long[2];
        socket.on(Socket.EVENT_CONNECT, nothing -> {
            times[0] = System.currentTimeMillis();
            socket.emit(how);
        });
        socket.on(Socket.EVENT_DISCONNECT, reason -> {
            times[1] = System.currentTimeMillis();
            System.out.printf("%s: disconnect (%s) after %d ms%n", how, reason[0], times[1] - times[0]);
            over.countDown();
        });
        socket.connect();
        over.await();
        return times[1] - times[0];
    }
}
JAVA
java -cp 'lib/*' Client.java "$(cat port)"
