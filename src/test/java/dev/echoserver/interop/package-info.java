/** The interop matrix: real Socket.IO clients against the reference server and this one. */
@NullMarked
package dev.echoserver.interop;

import org.jspecify.annotations.NullMarked;
