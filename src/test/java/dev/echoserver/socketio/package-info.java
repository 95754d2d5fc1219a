/** Socket.IO over real sockets. */
@NullMarked
package dev.echoserver.socketio;

import org.jspecify.annotations.NullMarked;
