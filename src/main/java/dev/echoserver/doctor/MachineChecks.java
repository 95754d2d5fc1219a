package dev.echoserver.doctor;

import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.TlsConfig;
import dev.echoserver.doctor.PortCheck.Wanted;
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
        ports(config).stream()
                .filter(wanted -> wanted.port() > 0)
                .map(wanted -> new PortCheck(wanted, running).check())
                .forEach(checks::add);
        config.tls().ifPresent(tls -> checks.add(new CertificateCheck(tls, clock).check()));
        return new Section("This machine", checks);
    }

    private static List<Wanted> ports(ServerConfig config) {
        List<Wanted> all = new ArrayList<>();
        all.add(new Wanted(config.host(), config.port(), "\"port\": %s", true));
        config.tls()
                .flatMap(TlsConfig::port)
                .map(port -> new Wanted(config.host(), port, "\"https\": { \"port\": %s }", true))
                .ifPresent(all::add);
        config.management()
                .map(port -> new Wanted(
                        Optional.of(port.host()), port.port(), "\"management\": { \"port\": %s }", port.isAskedFor()))
                .ifPresent(all::add);
        return all;
    }
}
