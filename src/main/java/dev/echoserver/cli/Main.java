package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code echo-server}. */
@Command(
        name = "echo-server",
        description = {"Sends what Laravel broadcasts through Redis to browsers, over Socket.IO.", ""},
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Help for one command: echo-server start --help"})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Runs one command and ends the process with its exit code. Text is UTF-8, whatever the locale. */
    public static void main(String[] arguments) {
        Shell shell = new Shell(
                new BufferedReader(new InputStreamReader(System.in, UTF_8)),
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                Path.of("").toAbsolutePath(),
                System.getenv());
        System.exit(commandLine(shell, new Wiring(), new ThisJvm()).execute(arguments));
    }

    /** All commands, ready to be executed. */
    static CommandLine commandLine(Shell shell, Backend backend, Jvm jvm) {
        return new CommandLine(new Main())
                .addSubcommand(
                        new CommandLine(new StartCommand(shell, backend, jvm)).setUnmatchedArgumentsAllowed(true))
                .addSubcommand(new StopCommand(shell))
                .addSubcommand(new InitCommand(shell))
                .addSubcommand(new ConfigCommand(shell))
                .addSubcommand(new ClientAddCommand(shell))
                .addSubcommand(new ClientRemoveCommand(shell))
                .addSubcommand(new PublishCommand(shell, backend))
                .addSubcommand(new DoctorCommand(shell, backend))
                .addSubcommand(new TraceCommand(shell))
                .addSubcommand(new TopCommand(shell))
                .addSubcommand(new DemoCommand(shell, jvm))
                .addSubcommand(new WarmUpCommand(backend))
                .addSubcommand(new ManualCommand(shell))
                .setOut(shell.out())
                .setErr(shell.err())
                .setExecutionStrategy(Main::runKnown)
                .setParameterExceptionHandler(explainWrongUse(shell))
                .setExecutionExceptionHandler(explainFailure(shell));
    }

    /** Without a command there is nothing to do but to say which ones there are. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** {@code --help} behind what is no command would hide that. */
    private static int runKnown(ParseResult parsed) {
        if (!parsed.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), parsed.unmatched());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static IParameterExceptionHandler explainWrongUse(Shell shell) {
        return (wrong, arguments) -> {
            shell.warn(
                    wrong instanceof UnmatchedArgumentException unknown
                            ? "Unknown: " + String.join(" ", unknown.getUnmatched())
                            : String.valueOf(wrong.getMessage()).replace("option option", "option"));
            suggest(wrong, shell);
            return CommandFailure.FAILED;
        };
    }

    private static void suggest(ParameterException wrong, Shell shell) {
        CommandLine command = wrong.getCommandLine();
        Optional<String> nearest = wrong instanceof UnmatchedArgumentException unknown && command.getParent() == null
                ? UnknownArguments.nearestCommand(
                        command, unknown.getUnmatched().get(0))
                : Optional.empty();
        if (nearest.isPresent()) {
            shell.warn(nearest.get());
        } else if (command.getParent() == null || !UnmatchedArgumentException.printSuggestions(wrong, shell.err())) {
            showTheWay(command, shell);
        }
    }

    /** One line for a known command: its whole help would push the mistake off the screen. */
    private static void showTheWay(CommandLine command, Shell shell) {
        if (command.getParent() == null) {
            command.usage(shell.err());
        } else {
            shell.warn("Help: " + command.getCommandSpec().qualifiedName() + " --help");
        }
    }

    private static IExecutionExceptionHandler explainFailure(Shell shell) {
        return (failure, commandLine, parsed) -> {
            if (failure instanceof CommandFailure explained) {
                shell.warn(explained.explanation());
                return explained.exitCode();
            }
            shell.warn("This is a bug in echo-server. Please report it with these lines:");
            failure.printStackTrace(shell.err());
            return CommandFailure.FAILED;
        };
    }
}
