/**
 * TLS for the port: certificate and key from PEM files, exchanged while the server runs. And the same files for TLS with
 * Redis.
 *
 * <p>Any number of connections use one {@link dev.echoserver.tls.ServerTls}; a renewed certificate is for new ones.
 */
@NullMarked
package dev.echoserver.tls;

import org.jspecify.annotations.NullMarked;
