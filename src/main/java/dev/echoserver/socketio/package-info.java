/** Socket.IO packets on top of Engine.IO: CONNECT, events in and out, acknowledgements, namespaces. */
@NullMarked
package dev.echoserver.socketio;

import org.jspecify.annotations.NullMarked;
