/** What tests of several packages need: programs, processes. */
@NullMarked
package dev.echoserver.testing;

import org.jspecify.annotations.NullMarked;
