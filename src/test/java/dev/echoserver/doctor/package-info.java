@NullMarked
package dev.echoserver.doctor;

import org.jspecify.annotations.NullMarked;
