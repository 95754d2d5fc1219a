/** The configuration file as records, read once. */
@NullMarked
package dev.echoserver.config;

import org.jspecify.annotations.NullMarked;
