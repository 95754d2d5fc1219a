package dev.echoserver.config;

import java.util.Optional;

/**
 * How the certificate of an auth host is checked. laravel-echo-server does not check it.
 *
 * @param ca a PEM file with certificates that are trusted besides those of the Java installation
 * @param verify whether the certificate is checked at all
 */
public record AuthTlsConfig(Optional<String> ca, boolean verify) {}
