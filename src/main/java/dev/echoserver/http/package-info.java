/** The port's router, the client scripts and the demo page. */
@NullMarked
package dev.echoserver.http;

import org.jspecify.annotations.NullMarked;
