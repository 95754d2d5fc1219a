/**
 * What the server must survive: hostile inputs, failing neighbours, clients that come and go. Every build does a little of
 * it, {@code mvn -Pchaos verify} does much.
 */
@NullMarked
package dev.echoserver.chaos;

import org.jspecify.annotations.NullMarked;
