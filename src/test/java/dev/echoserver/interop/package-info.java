/**
 * The interop matrix: real Socket.IO clients, those of browsers against the reference server and this one, those of Java
 * and Python beside them against this one.
 */
@NullMarked
package dev.echoserver.interop;

import org.jspecify.annotations.NullMarked;
