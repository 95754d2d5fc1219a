/** What a Laravel application's own files say: {@code .env}, configuration in PHP, and the names made of that. */
@NullMarked
package dev.echoserver.php;

import org.jspecify.annotations.NullMarked;
