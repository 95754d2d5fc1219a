package dev.echoserver.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Whether enough files may be open: each browser is one. Looks at the server if it runs, else at this process. */
final class OpenFilesCheck {
    private static final String ID = "nofile";
    private static final int FEW = 4096;
    private static final int VERY_FEW = 1024;

    private final Optional<Long> server;
    private final IntUnaryOperator browsers;

    /** @param browsers how many browsers a number of files allows */
    OpenFilesCheck(Optional<Long> server, IntUnaryOperator browsers) {
        this.server = server;
        this.browsers = browsers;
    }

    Check check() {
        return Check.of(ID, "how many files may be open", this::look);
    }

    private List<Finding> look() {
        Optional<Integer> ofServer = server.flatMap(Proc.ofThisMachine()::maxOpenFiles);
        String whose = ofServer.isPresent() ? "the running server" : "a server started from here";
        return List.of(ofServer.or(OpenFilesCheck::ofThisProcess)
                .map(max -> judge(max, whose))
                .orElseGet(() ->
                        Finding.notChecked(ID, "Not checked: this system does not tell how many files may be open")));
    }

    private static Optional<Integer> ofThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? Optional.of((int) Math.min(unix.getMaxFileDescriptorCount(), Integer.MAX_VALUE))
                : Optional.empty();
    }

    private Finding judge(int max, String whose) {
        int room = browsers.applyAsInt(max);
        if (max >= FEW) {
            return Finding.ok(
                    ID, capitalized(whose) + " may have " + max + " files open, enough for " + room + " browsers");
        }
        String what =
                capitalized(whose) + " may have only " + max + " files open, so only " + room + " browsers can connect";
        String why = "Each browser is one open file. The next one is refused.";
        return max > VERY_FEW ? Finding.warning(ID, what, why, cure()) : Finding.fault(ID, what, why, cure());
    }

    private static String[] cure() {
        return new String[] {
            "with systemd: systemctl edit echo-server, and write",
            "    [Service]",
            "    LimitNOFILE=65536",
            "then: systemctl restart echo-server",
            "in a shell, before the start: ulimit -n 65536",
        };
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
