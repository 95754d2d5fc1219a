/**
 * Everything that talks to the Laravel application: what it is asked, what its answers mean, and what its failures are
 * called in the log.
 */
@NullMarked
package dev.echoserver.laravel;

import org.jspecify.annotations.NullMarked;
