package dev.echoserver.cli.manual;

import dev.echoserver.cli.manual.Command.Option;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Completes commands, options, files and folders in bash.
 *
 * <p>Not what picocli makes: that completes no file for an option that may be left out, nothing behind the colon of
 * {@code client:add}, and puts functions with common names into the user's shell.
 */
public final class BashCompletion {
    private static final String SCRIPT = """
            # Completion of echo-server in bash, made from its commands.
            _echo_server() {
                local line=${COMP_LINE:0:COMP_POINT} command= word
                local -a words
                read -ra words <<< "$line"
                [[ $line == *[[:space:]] ]] && words+=("")
                local current=${words[-1]} previous=${words[-2]}
                for word in "${words[@]:1:${#words[@]}-2}"; do
                    case $word in
                        @COMMANDS@) command=$word; break ;;
                    esac
                done

                COMPREPLY=()
                case $previous in
                    @FILES@) return ;; # Without a reply bash completes files.
                    @FOLDERS@) compopt -o dirnames +o default; return ;;
                    @VALUES@) compopt +o default; return ;;
                esac

                case $command in
            @OPTIONS@        *) words=(@TOP@) ;;
                esac
                COMPREPLY=($(compgen -W "${words[*]}" -- "$current"))

                # For bash a new word begins behind the colon of "client:add".
                if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
                    COMPREPLY=("${COMPREPLY[@]#"${current%"${current##*:}"}"}")
                fi
            }
            complete -o default -F _echo_server echo-server
            """;

    private BashCompletion() {}

    /** The script for {@code program}. */
    public static String of(CommandSpec program) {
        Command top = new Command(program);
        List<Command> commands = top.subcommands();
        return SCRIPT.replace("@COMMANDS@", alternatives(commands.stream().flatMap(c -> c.names().stream())))
                .replace("@FILES@", alternatives(named(commands, option -> option.takesFile())))
                .replace("@FOLDERS@", alternatives(named(commands, option -> option.takesFolder())))
                .replace("@VALUES@", alternatives(named(commands, BashCompletion::takesOther)))
                .replace(
                        "@OPTIONS@",
                        commands.stream().map(BashCompletion::options).collect(Collectors.joining()))
                .replace(
                        "@TOP@",
                        words(Stream.concat(
                                commands.stream().flatMap(c -> c.names().stream()), names(top.options().stream()))));
    }

    private static boolean takesOther(Option option) {
        return option.hasValue() && !option.takesFile() && !option.takesFolder();
    }

    private static Stream<String> named(List<Command> commands, Predicate<Option> which) {
        return names(commands.stream()
                        .flatMap(command -> command.options().stream())
                        .filter(which))
                .distinct();
    }

    private static Stream<String> names(Stream<Option> options) {
        return options.flatMap(option -> option.names().stream());
    }

    private static String options(Command command) {
        return "        " + alternatives(command.names().stream()) + ") words=("
                + words(names(command.options().stream())) + ") ;;\n";
    }

    private static String alternatives(Stream<String> words) {
        return words.collect(Collectors.joining("|"));
    }

    private static String words(Stream<String> words) {
        return words.collect(Collectors.joining(" "));
    }
}
