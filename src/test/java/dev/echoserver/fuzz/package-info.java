/**
 * Fuzzing: {@code mvn -Pfuzz} looks for inputs that break a target, guided by the code they reach; every build repeats those
 * that it kept. A target is a class {@code …Fuzz} beside the code it is about.
 */
@NullMarked
package dev.echoserver.fuzz;

import org.jspecify.annotations.NullMarked;
