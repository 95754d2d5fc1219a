/** The interop matrix on other servers, for comparison; built and run only by {@code mvn -Pcompare}. */
@NullMarked
package dev.echoserver.compare;

import org.jspecify.annotations.NullMarked;
