/** Everything that talks to the Laravel application. */
@NullMarked
package dev.echoserver.laravel;

import org.jspecify.annotations.NullMarked;
