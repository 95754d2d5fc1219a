/** Engine.IO over real sockets. */
@NullMarked
package dev.echoserver.engineio;

import org.jspecify.annotations.NullMarked;
