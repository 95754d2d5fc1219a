/** The port's router and what answers there: the API's route, the client scripts, the demo page. */
@NullMarked
package dev.echoserver.http;

import org.jspecify.annotations.NullMarked;
