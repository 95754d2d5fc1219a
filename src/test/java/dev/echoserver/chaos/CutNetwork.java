package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.testing.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A network of its own for some processes, with two links to that of this machine. The main one can be cut: from then on
 * nothing arrives, and nobody is told. Needs Linux, root and iproute2.
 */
final class CutNetwork implements AutoCloseable {
    private static final String NOWHERE = "02:00:00:00:00:01";

    private final String name = "cut" + ProcessHandle.current().pid();
    private final Link main;
    private final Link aside;

    /** A pair of interfaces: one here, one in the other network. */
    private record Link(String name, String subnet) {
        String here() {
            return name + "h";
        }

        String there() {
            return name + "t";
        }

        String addressHere() {
            return subnet + "1";
        }

        String addressThere() {
            return subnet + "2";
        }
    }

    private CutNetwork(RandomGenerator random) {
        String subnets = "10." + random.nextInt(64, 256) + ".";
        int third = random.nextInt(255);
        this.main = new Link(name + "m", subnets + third + ".");
        this.aside = new Link(name + "a", subnets + (third + 1) + ".");
    }

    /** Makes one; skips the running test where that cannot be done. */
    static CutNetwork create(RandomGenerator random) {
        Requirement.program("ip");
        CutNetwork network = new CutNetwork(random);
        try {
            network.ip("netns", "add", network.name);
            network.connect(network.main);
            network.connect(network.aside);
            return network;
        } catch (IOException e) {
            network.close();
            Requirement.unmet("No network can be made, which takes root: " + e.getMessage());
            throw new UncheckedIOException(e);
        }
    }

    private void connect(Link link) throws IOException {
        ip("link", "add", link.here(), "type", "veth", "peer", "name", link.there(), "netns", name);
        ip("addr", "add", link.addressHere() + "/24", "dev", link.here());
        ip("link", "set", link.here(), "up");
        ip("-n", name, "addr", "add", link.addressThere() + "/24", "dev", link.there());
        ip("-n", name, "link", "set", link.there(), "up");
    }

    /** The address of this machine on the main link. */
    InetAddress here() throws IOException {
        return InetAddress.getByName(main.addressHere());
    }

    /** The address of the processes in the network on the other link, which is never cut. */
    InetAddress aside() throws IOException {
        return InetAddress.getByName(aside.addressThere());
    }

    /** What runs another command in the network and becomes it. */
    List<String> inside() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Both ends of the main link send to a neighbour that is not there. */
    void cut() throws IOException {
        ip("neigh", "replace", main.addressThere(), "lladdr", NOWHERE, "nud", "permanent", "dev", main.here());
        ip(
                "-n",
                name,
                "neigh",
                "replace",
                main.addressHere(),
                "lladdr",
                NOWHERE,
                "nud",
                "permanent",
                "dev",
                main.there());
    }

    void heal() throws IOException {
        ip("neigh", "del", main.addressThere(), "dev", main.here());
        ip("-n", name, "neigh", "del", main.addressHere(), "dev", main.there());
    }

    /** Removes it; its processes must have ended. */
    @Override
    public void close() {
        for (List<String> removal : List.of(
                List.of("link", "del", main.here()),
                List.of("link", "del", aside.here()),
                List.of("netns", "del", name))) {
            try {
                ip(removal.toArray(String[]::new));
            } catch (IOException wasNotThere) {
                // It was only half made.
            }
        }
    }

    private void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
