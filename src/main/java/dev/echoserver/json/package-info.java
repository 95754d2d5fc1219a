/** JSON carried but not read: slices of bytes, escapes, and the scanner of Laravel's envelope. */
@NullMarked
package dev.echoserver.json;

import org.jspecify.annotations.NullMarked;
