package dev.echoserver.cli;

import dev.echoserver.config.ConfigResult;
import dev.echoserver.config.ManagementConfig;
import dev.echoserver.config.ServerConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the management port of a running server is. */
final class ManagementOptions {
    private static final String NO_URL = "\"%s\" is not a URL. Write it as: --management http://127.0.0.1:6002";

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--management",
            paramLabel = "URL",
            description = "The management port of the server, such as http://127.0.0.1:6002. Default: what the"
                    + " configuration says.")
    private Optional<String> management = Optional.empty();

    /**
     * {@code path} at the management port.
     *
     * @throws CommandFailure if there is none
     */
    URI address(Shell shell, String path) {
        String site = management.map(ManagementOptions::site).orElseGet(() -> configured(shell));
        try {
            URI address = new URI(site + path);
            if (address.getHost() != null && address.getScheme().matches("https?")) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new CommandFailure(NO_URL.formatted(site), e);
        }
        throw new CommandFailure(CommandFailure.FAILED, NO_URL.formatted(site));
    }

    private static String site(String text) {
        String site = text.replaceFirst("/+$", "");
        if (site.matches(":?\\d+")) {
            return "http://127.0.0.1:" + site.replace(":", "");
        }
        return site.contains("://") ? site : "http://" + site;
    }

    private String configured(Shell shell) {
        Configuration configuration = options.configuration(shell, List.of());
        ConfigResult result = configuration.read().result();
        ServerConfig config = ConfigOptions.checked(configuration, result, notice -> {});
        ManagementConfig port = config.management()
                .orElseThrow(() -> new CommandFailure(
                        CommandFailure.FAILED,
                        "The management port is switched off (\"management\": false), and only there a server tells what"
                                + " goes on in it.\nWrite \"management\": true, and restart the server."));
        if (port.port() == 0) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "\"management.port\" is 0, which means any free port. The server's log names it (\"Management port:"
                            + " …\"): --management http://127.0.0.1:…");
        }
        return "http://" + reachable(port.host()) + ":" + port.port();
    }

    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
