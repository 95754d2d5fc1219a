/** The configuration as records: a file, and what variables and options lay over it. */
@NullMarked
package dev.echoserver.config;

import org.jspecify.annotations.NullMarked;
