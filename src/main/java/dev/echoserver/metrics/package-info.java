/**
 * Numbers for Prometheus: the home of Micrometer. Knows nothing of what is counted.
 */
@NullMarked
package dev.echoserver.metrics;

import org.jspecify.annotations.NullMarked;
