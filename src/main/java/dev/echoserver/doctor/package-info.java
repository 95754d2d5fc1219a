/** What must be right for an event to arrive: checks, what they find, and those that need nothing but Java. */
@NullMarked
package dev.echoserver.doctor;

import org.jspecify.annotations.NullMarked;
