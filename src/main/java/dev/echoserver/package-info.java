/** Root of echo-server: wiring, start and stop order. */
@NullMarked
package dev.echoserver;

import org.jspecify.annotations.NullMarked;
