package dev.echoserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.config.ConfigReading;
import dev.echoserver.config.Setting;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what all the places that a value may come from add up to. */
@Command(
        name = "config",
        description = {
            "Show each value that counts, and where it comes from. Passwords and keys are hidden.",
            "From weak to strong: default, config file, .env, environment, options."
        },
        footer = {
            "",
            "Examples:",
            "  echo-server config",
            "  echo-server config --json",
            "  echo-server config --check && echo-server start",
            "",
            "Exit code: 0 the server could start with it, 78 it has mistakes, which are listed."
        })
final class ConfigCommand implements Runnable {
    private static final int WIDEST_VALUE = 40;

    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private Overrides overrides = new Overrides();

    @Option(names = "--show", description = "Show the values. This is what happens without an option, too.")
    private boolean show;

    @Option(names = "--check", description = "Only check them: no output but notices and mistakes.")
    private boolean check;

    @Option(names = "--json", description = "Show them as JSON: {\"key\": {\"source\", \"variable\", \"value\"}}.")
    private boolean json;

    ConfigCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Configuration configuration = options.configuration(shell, overrides.assignments());
        ConfigReading reading = configuration.read();
        if (show || json || !check) {
            shell.say(json ? asJson(reading.settings()) : asText(reading.settings()));
        }
        ConfigOptions.checked(configuration, reading.result(), shell::warn);
    }

    private static String asJson(List<Setting> settings) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (Setting setting : settings) {
            all.putObject(setting.key())
                    .put("source", setting.source())
                    .put("variable", setting.variable())
                    .set("value", setting.value());
        }
        return all.toPrettyString();
    }

    private static String asText(List<Setting> settings) {
        int keys = settings.stream()
                .mapToInt(setting -> setting.key().length())
                .max()
                .orElse(0);
        int values = settings.stream()
                .mapToInt(setting -> text(setting.value()).length())
                .filter(length -> length <= WIDEST_VALUE)
                .max()
                .orElse(0);
        String format = "%-" + Math.max(1, keys) + "s  %-" + Math.max(1, values) + "s  %s";
        return String.join(
                "\n",
                settings.stream()
                        .map(setting -> format.formatted(setting.key(), text(setting.value()), setting.source()))
                        .toList());
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "-";
        }
        return value.asText().isEmpty() ? value.toString() : value.asText();
    }
}
