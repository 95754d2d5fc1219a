/** What tests of several packages share. */
@NullMarked
package dev.echoserver.testing;

import org.jspecify.annotations.NullMarked;
