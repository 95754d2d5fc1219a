/** A server for the official conformance suites of both protocols. */
@NullMarked
package dev.echoserver.conformance;

import org.jspecify.annotations.NullMarked;
