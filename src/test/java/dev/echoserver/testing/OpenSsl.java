package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The program {@code openssl} in a folder of its own, where keys and certificates are made as administrators make them. */
public final class OpenSsl {
    private final Path folder;

    private OpenSsl(Path folder) {
        this.folder = folder;
    }

    /** In {@code folder}; skips the running test where there is no OpenSSL. */
    public static OpenSsl in(Path folder) {
        Requirement.program("openssl");
        return new OpenSsl(folder);
    }

    /** The path of a file there. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Runs {@code openssl} with arguments that are separated by one space, and returns what it printed. */
    public String run(String arguments) {
        return run(List.of(arguments.split(" ", -1)), true);
    }

    /** As {@link #run(String)}, whether it succeeds or not. */
    public String tryTo(String arguments) {
        return run(List.of(arguments.split(" ", -1)), false);
    }

    private String run(List<String> arguments, boolean mustSucceed) {
        try {
            List<String> command = new ArrayList<>(
                    Stream.concat(Stream.of("openssl"), arguments.stream()).toList());
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0 && mustSucceed) {
                throw new IllegalStateException(String.join(" ", command) + "\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Makes {@code ca.pem} and {@code ca.key}: an authority whose certificates the test trusts. */
    public OpenSsl authority() {
        run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.pem -days 30"
                + " -subj /CN=authority -addext basicConstraints=critical,CA:TRUE");
        return this;
    }

    /** Issues {@code name.pem} for 127.0.0.1 and localhost, with the key {@code name.key}, by {@link #authority}. */
    public OpenSsl issue(String name) {
        write("san.txt", "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
        run("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout " + name + ".key -out " + name
                + ".csr -subj /CN=" + name);
        run("x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 10 -extfile san.txt -out "
                + name + ".pem");
        return this;
    }

    /** What a client trusts that trusts {@link #authority} alone. */
    public SSLContext trust() {
        try (InputStream pem = Files.newInputStream(file("ca.pem"))) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a file there. */
    public void write(String name, String content) {
        try {
            Files.writeString(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file there. */
    public String content(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The members of a configuration file that name {@code name.pem} and {@code name.key}, without braces. */
    public String settings(String name) {
        return "\"sslCertPath\":\"" + file(name + ".pem") + "\",\"sslKeyPath\":\"" + file(name + ".key") + "\"";
    }
}
