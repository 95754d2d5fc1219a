/** What the build makes of the commands for people and shells: the man page, and the completion in bash and zsh. */
@NullMarked
package dev.echoserver.cli.manual;

import org.jspecify.annotations.NullMarked;
