package dev.echoserver.cli.manual;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command as people see it: without what is hidden. */
record Command(CommandSpec spec) {

    /** Those below it, in their order, each once however many names it has. */
    List<Command> subcommands() {
        return spec.subcommands().values().stream()
                .distinct()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .map(Command::new)
                .toList();
    }

    /** Its names, the usual one first. */
    List<String> names() {
        return Stream.concat(Stream.of(spec.name()), Arrays.stream(spec.aliases()))
                .toList();
    }

    /** What it does, in one line. */
    String summary() {
        return Stream.of(spec.usageMessage().description()).findFirst().orElse("");
    }

    /** What it does, in paragraphs. */
    List<String> description() {
        return Stream.of(spec.usageMessage().description())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Examples and exit codes, line by line as {@code --help} prints them. */
    List<String> footer() {
        return List.of(spec.usageMessage().footer());
    }

    List<Option> options() {
        return spec.options().stream()
                .filter(option -> !option.hidden())
                .map(Option::new)
                .toList();
    }

    /** Those that it does not share with every other command, as {@code --help}. */
    List<Option> ownOptions() {
        return options().stream()
                .filter(option -> !option.spec().usageHelp() && !option.spec().versionHelp())
                .toList();
    }

    List<PositionalParamSpec> parameters() {
        return spec.positionalParameters();
    }

    /** An option of a command. */
    record Option(OptionSpec spec) {
        List<String> names() {
            return List.of(spec.names());
        }

        boolean hasValue() {
            return spec.arity().max() > 0;
        }

        /** What stands for its value, such as {@code FILE}. */
        String label() {
            return spec.paramLabel();
        }

        boolean takesFile() {
            return label().equals("FILE");
        }

        boolean takesFolder() {
            return label().equals("FOLDER");
        }

        List<String> description() {
            return List.of(spec.description());
        }
    }
}
