package dev.echoserver.cli;

import dev.echoserver.config.ConfigReader;
import dev.echoserver.config.ConfigResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks what a configuration file must say, proposes what it finds in a Laravel application, and writes the file. */
@Command(
        name = "init",
        aliases = "configure",
        description = {
            "Make a config file by answering questions.",
            "In the folder of a Laravel application its .env gives the proposals."
        },
        footer = {
            "",
            "Examples:",
            "  echo-server init",
            "  sudo echo-server init --dir /etc/echo-server",
            "  echo-server init --yes --auth-host https://app.example.com --port 6010",
            "",
            "Answers can be piped in, one per line; an empty line takes the proposal."
        })
final class InitCommand implements Runnable {
    /** Where the unit of systemd looks for it. */
    private static final Path SERVICE = Path.of("/etc/echo-server");

    private final Shell shell;

    @Mixin
    private ConfigOptions location = new ConfigOptions();

    @Mixin
    private InitOptions given = new InitOptions();

    InitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        LaravelProject laravel = laravel();
        if (laravel.isFound()) {
            shell.say("Found a Laravel application in " + laravel.folder() + "; its settings are proposed.");
        }
        ConfigDraft draft = new ConfigDraft(shell, given, laravel);
        draft.askAboutServer();
        Path file = file(draft.questions());
        draft.askAboutRedis();
        askBeforeOverwriting(file, draft.questions());
        write(file, draft);
        shell.say("Configuration file saved: " + file + "\n" + next(file));
        review(draft.json());
    }

    /** The file of a service is elsewhere than the application in whose folder the user is. */
    private LaravelProject laravel() {
        LaravelProject beside = laravel(location.folder(shell));
        return beside.isFound() ? beside : laravel(shell.folder());
    }

    private LaravelProject laravel(Path folder) {
        return LaravelProject.in(folder, EnvFile.read(folder, shell), shell.environment());
    }

    private Path file(Questions questions) {
        return location.named(shell).orElseGet(() -> {
            String proposal = ConfigOptions.FILE_NAMES.get(0);
            String name =
                    questions.matching("What do you want this config to be saved as?", proposal, answer -> true, "");
            return location.folder(shell).resolve(name);
        });
    }

    private void askBeforeOverwriting(Path file, Questions questions) {
        if (Files.exists(file) && !questions.confirm(file + " exists. Overwrite it?", given.force)) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "Nothing was written. Use --force to overwrite, or --config to name another file.");
        }
    }

    private void write(Path file, ConfigDraft draft) {
        try {
            Optional<GroupPrincipal> readers = AtomicFile.readers(AtomicFile.folder(file));
            if (readers.isPresent()) {
                AtomicFile.writePrivately(file, draft.json());
                shell.say("Only its owner and the group \"" + readers.get().getName() + "\" can read the file.");
            } else if (draft.holdsPassword()) {
                AtomicFile.writePrivately(file, draft.json());
                shell.say("Only you can read the file, because a password is in it. If another user runs the server,"
                        + " give it to that user: chown USER " + file);
            } else {
                Files.writeString(file, draft.json());
            }
        } catch (IOException e) {
            throw new CommandFailure("Cannot write " + file + ": " + FileTrouble.of(e) + ".", e);
        }
    }

    /** What to do next. */
    private String next(Path file) {
        if (AtomicFile.folder(file).equals(SERVICE)) {
            return "Run \"sudo systemctl restart echo-server\" to run the server as a service.";
        }
        return "Run \"echo-server start\" to run the server.";
    }

    private void review(String json) {
        ConfigResult result = ConfigReader.parse(json);
        result.notices().forEach(notice -> shell.warn("Notice: " + notice));
        result.problems().forEach(problem -> shell.warn("To be corrected before it starts: " + problem));
    }
}
