package dev.echoserver.cli.manual;

import dev.echoserver.cli.manual.Command.Option;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Completes commands, options, files and folders in zsh, each with its description. */
public final class ZshCompletion {
    private static final String SCRIPT = """
            #compdef echo-server
            # Completion of echo-server in zsh, made from its commands.
            _echo_server() {
                if (( CURRENT == 2 )); then
                    local -a commands=(
            @COMMANDS@        )
                    _describe command commands
                    _arguments @TOP@
                    return
                fi
                shift words
                (( CURRENT-- ))
                case $words[1] in
            @CASES@    esac
            }
            _echo_server "$@"
            """;

    private ZshCompletion() {}

    /** The script for {@code program}. */
    public static String of(CommandSpec program) {
        Command top = new Command(program);
        return SCRIPT.replace(
                        "@COMMANDS@",
                        top.subcommands().stream().map(ZshCompletion::names).collect(Collectors.joining()))
                .replace("@TOP@", arguments(top))
                .replace(
                        "@CASES@",
                        top.subcommands().stream().map(ZshCompletion::entry).collect(Collectors.joining()));
    }

    private static String names(Command command) {
        return command.names().stream()
                .map(name -> "            " + quoted(name.replace(":", "\\:") + ":" + command.summary()) + "\n")
                .collect(Collectors.joining());
    }

    private static String entry(Command command) {
        return "        " + String.join("|", command.names()) + ") _arguments " + arguments(command) + " ;;\n";
    }

    private static String arguments(Command command) {
        return command.options().stream().map(ZshCompletion::argument).collect(Collectors.joining(" "));
    }

    /** {@code '(-c --config)'{-c,--config}'[What it is]:FILE:_files'}. */
    private static String argument(Option option) {
        String names = option.names().size() == 1
                ? option.names().get(0)
                : quoted("(" + String.join(" ", option.names()) + ")") + "{" + String.join(",", option.names()) + "}";
        return names
                + quoted("[" + String.join(" ", option.description()).replaceAll("([\\[\\]:])", "\\\\$1") + "]"
                        + value(option));
    }

    private static String value(Option option) {
        if (!option.hasValue()) {
            return "";
        }
        String action = option.takesFolder() ? "_files -/" : option.takesFile() ? "_files" : "";
        return ":" + option.label() + ":" + action;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
