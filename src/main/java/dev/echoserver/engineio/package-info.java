/** Engine.IO 3 and 4: handshake, polling, WebSocket, upgrade, heartbeat, close. Knows nothing of Socket.IO. */
@NullMarked
package dev.echoserver.engineio;

import org.jspecify.annotations.NullMarked;
