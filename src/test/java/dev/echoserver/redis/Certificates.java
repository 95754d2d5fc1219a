package dev.echoserver.redis;

import dev.echoserver.config.Pem;
import dev.echoserver.config.RedisTlsConfig;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Certificates of an authority that exists for one test, made with openssl. */
final class Certificates {
    private final Path folder;

    Certificates(Path folder) {
        Requirement.program("openssl");
        this.folder = folder;
        openssl(request("ca"), "-x509", "-subj", "/CN=Test CA", "-days", "2");
    }

    /** The file of the authority's own certificate. */
    Path ca() {
        return folder.resolve("ca.crt");
    }

    /** TLS for a client that trusts this authority alone. */
    RedisTlsConfig trusted() {
        return RedisTlsConfig.DEFAULT.withCa(Pem.of(ca().toString()));
    }

    Path certificate(String name) {
        return folder.resolve(name + ".crt");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    /** For a Redis that has the certificate {@code name} and asks for none. */
    List<String> optionsOf(String name) {
        return List.of(
                "--tls-cert-file", certificate(name).toString(),
                "--tls-key-file", key(name).toString(),
                "--tls-ca-cert-file", ca().toString(),
                "--tls-auth-clients", "no");
    }

    /** Makes a certificate and key for {@code subject}, such as {@code DNS:redis.test}. */
    void issue(String name, String subject) {
        List<String> signing =
                List.of("-CA", ca().toString(), "-CAkey", key("ca").toString());
        List<String> request = new ArrayList<>(List.of("-x509", "-subj", "/CN=" + name, "-days", "2"));
        request.addAll(
                List.of("-addext", "subjectAltName=" + subject, "-addext", "basicConstraints=critical,CA:FALSE"));
        request.addAll(signing);
        openssl(request(name), request.toArray(String[]::new));
    }

    private List<String> request(String name) {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-newkey", "ec", "-nodes"));
        command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:prime256v1"));
        command.addAll(List.of(
                "-keyout", key(name).toString(), "-out", certificate(name).toString()));
        return command;
    }

    private void openssl(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        try (RunningProgram program = RunningProgram.start(folder, Map.of(), all.toArray(String[]::new))) {
            if (program.exitCode() != 0) {
                throw new AssertionError(program.output());
            }
        }
    }
}
