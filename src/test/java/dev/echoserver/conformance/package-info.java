/** What the protocols ask of a server, and a server for their official suites. */
@NullMarked
package dev.echoserver.conformance;

import org.jspecify.annotations.NullMarked;
