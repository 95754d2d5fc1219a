package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.Version;
import dev.echoserver.cli.manual.BashCompletion;
import dev.echoserver.cli.manual.ManPage;
import dev.echoserver.cli.manual.ZshCompletion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what the packages hold for people and shells: {@code man/} and {@code completion/} below a folder. */
@Command(name = "manual", hidden = true, description = "Write man page and completions. Used by the build.")
final class ManualCommand implements Runnable {
    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "Where to write them.")
    private String folder = "";

    ManualCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        CommandSpec program = spec.root();
        Path target = shell.folder().resolve(folder);
        try {
            Path man = Files.createDirectories(target.resolve("man"));
            String page = ManPage.of(program, Version.number());
            Files.writeString(man.resolve("echo-server.1"), page);
            compress(page, man.resolve("echo-server.1.gz"));
            Path completion = Files.createDirectories(target.resolve("completion"));
            Files.writeString(completion.resolve("echo-server"), BashCompletion.of(program));
            Files.writeString(completion.resolve("_echo-server"), ZshCompletion.of(program));
        } catch (IOException e) {
            throw new CommandFailure("Cannot write below " + target + ": " + FileTrouble.of(e) + ".", e);
        }
    }

    /** Without a time stamp in it: the same each time. */
    private static void compress(String text, Path file) throws IOException {
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(text.getBytes(UTF_8));
        }
    }
}
