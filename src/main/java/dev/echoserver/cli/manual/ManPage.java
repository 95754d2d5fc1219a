package dev.echoserver.cli.manual;

import dev.echoserver.cli.manual.Command.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The man page: all commands with their options, then what is in {@code more.man}: files, variables, signals.
 *
 * <p>Source: man-pages(7), groff_man(7).
 */
public final class ManPage {
    private ManPage() {}

    /** The page of {@code program} in its version, as source for groff. */
    public static String of(CommandSpec program, String version) {
        Command top = new Command(program);
        return ".TH ECHO\\-SERVER 1 \"\" \"echo\\-server " + version + "\" \"User Commands\"\n.nh\n.ad l\n"
                + ".SH NAME\necho\\-server \\- Laravel broadcasts from Redis to browsers over Socket.IO\n"
                + ".SH SYNOPSIS\n.B echo\\-server\n.I COMMAND\n[options]\n"
                + ".SH DESCRIPTION\n" + paragraphs(top.description())
                + ".SH OPTIONS\n" + top.options().stream().map(ManPage::option).collect(Collectors.joining())
                + ".SH COMMANDS\n"
                + top.subcommands().stream().map(ManPage::command).collect(Collectors.joining())
                + more();
    }

    private static String command(Command command) {
        return ".SS " + command.names().stream().map(ManPage::escaped).collect(Collectors.joining(", ")) + "\n"
                + synopsis(command)
                + paragraphs(command.description())
                + command.parameters().stream().map(ManPage::parameter).collect(Collectors.joining())
                + command.ownOptions().stream().map(ManPage::option).collect(Collectors.joining())
                + footer(command.footer());
    }

    private static String synopsis(Command command) {
        String parameters = command.parameters().stream()
                .map(parameter -> "\n.I " + escaped(parameter.paramLabel()))
                .collect(Collectors.joining());
        return ".B echo\\-server " + escaped(command.spec().name()) + "\n[options]" + parameters + "\n";
    }

    private static String paragraphs(List<String> lines) {
        return lines.isEmpty() ? "" : ".PP\n" + lines(lines);
    }

    private static String parameter(PositionalParamSpec parameter) {
        return ".TP\n.I " + escaped(parameter.paramLabel()) + "\n" + lines(List.of(parameter.description()));
    }

    private static String option(Option option) {
        String names = option.names().stream()
                .map(name -> "\\fB" + escaped(name) + "\\fR")
                .collect(Collectors.joining(", "));
        String value = option.hasValue() ? " \\fI" + escaped(option.label()) + "\\fR" : "";
        return ".TP\n" + names + value + "\n" + lines(option.description());
    }

    /** As it is, because examples stand below each other. */
    private static String footer(List<String> lines) {
        String text = lines.stream().map(ManPage::line).collect(Collectors.joining());
        return lines.isEmpty() ? "" : ".PP\n.nf\n" + text.strip() + "\n.fi\n";
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(ManPage::line).collect(Collectors.joining(".br\n"));
    }

    private static String line(String text) {
        boolean looksLikeRequest = text.startsWith(".") || text.startsWith("'");
        return (looksLikeRequest ? "\\&" : "") + escaped(text) + "\n";
    }

    /** In ASCII, because groff itself reads nothing else. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .codePoints()
                .mapToObj(c -> c < 128 ? Character.toString(c) : String.format("\\[u%04X]", c))
                .collect(Collectors.joining());
    }

    private static String more() {
        try (InputStream file = Objects.requireNonNull(ManPage.class.getResourceAsStream("more.man"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
