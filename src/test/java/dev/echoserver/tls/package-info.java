/** Tests of the certificates of the port. */
@NullMarked
package dev.echoserver.tls;

import org.jspecify.annotations.NullMarked;
