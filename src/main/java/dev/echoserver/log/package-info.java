/** Keeps the log readable when the same thing happens again and again. */
@NullMarked
package dev.echoserver.log;

import org.jspecify.annotations.NullMarked;
