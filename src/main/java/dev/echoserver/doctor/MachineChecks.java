package dev.echoserver.doctor;

import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.TlsConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** What the server needs of the machine that it runs on. */
public final class MachineChecks {
    private MachineChecks() {}

    /**
     * All of them.
     *
     * @param server the process of the server, if it is known to run
     * @param browsers how many browsers a number of open files allows
     */
    public static Section of(ServerConfig config, Optional<Long> server, IntUnaryOperator browsers, Clock clock) {
        Optional<Long> running = server.or(() -> Proc.ofThisMachine().serverOn(config.port()));
        List<Check> checks = new ArrayList<>();
        checks.add(new JavaCheck(running).check());
        checks.add(new OpenFilesCheck(running, browsers).check());
        port("port", config, Optional.of(config.port()), running).ifPresent(checks::add);
        port("https.port", config, config.tls().flatMap(TlsConfig::port), running)
                .ifPresent(checks::add);
        config.tls().ifPresent(tls -> checks.add(new CertificateCheck(tls, clock).check()));
        return new Section("This machine", checks);
    }

    private static Optional<Check> port(
            String key, ServerConfig config, Optional<Integer> number, Optional<Long> server) {
        return number.filter(port -> port > 0).map(port -> new PortCheck(key, config.host(), port, server).check());
    }
}
