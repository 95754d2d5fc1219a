package dev.echoserver.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/** Whether a port can be listened on, or is held by the server itself. */
final class PortCheck {
    private static final String ID = "port";
    private final Wanted wanted;
    private final Optional<Long> server;
    private final Proc proc;

    /** @param server the process of the server, if it runs */
    PortCheck(Wanted wanted, Optional<Long> server) {
        this.wanted = wanted;
        this.server = server;
        this.proc = Proc.ofThisMachine();
    }

    /**
     * A port that the server is to listen on.
     *
     * @param host what to listen on; empty means all addresses
     * @param setting how a port is written into the configuration: {@code "port": %s}
     * @param isNeeded whether the server does not start without it
     */
    record Wanted(Optional<String> host, int port, String setting, boolean isNeeded) {
        InetSocketAddress address() {
            return host.map(name -> new InetSocketAddress(name, port)).orElseGet(() -> new InetSocketAddress(port));
        }

        String line(int number) {
            return setting.replace("%s", Integer.toString(number));
        }
    }

    Check check() {
        return Check.of(ID, "port " + wanted.port(), () -> List.of(look()));
    }

    private Finding look() {
        InetSocketAddress address = wanted.address();
        if (address.isUnresolved()) {
            return noAddress("is no known host name");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return Finding.ok(ID, "Port " + wanted.port() + " is free");
        } catch (IOException e) {
            return explain(String.valueOf(e.getMessage()));
        }
    }

    private Finding explain(String reason) {
        if (reason.contains("Permission denied")) {
            return trouble(
                    "port.not-allowed",
                    "Port " + wanted.port() + " is not allowed for this user",
                    "write one of 1024 or more: " + wanted.line(6001),
                    "or, with systemd, into the unit: AmbientCapabilities=CAP_NET_BIND_SERVICE");
        }
        return reason.contains("Cannot assign requested address")
                ? noAddress("is not an address of this machine")
                : taken();
    }

    private Finding noAddress(String what) {
        return trouble(
                "port.address",
                "\"" + wanted.host().orElse("") + "\" " + what,
                "write the address of this machine into \"host\", or leave \"host\" out");
    }

    private Finding trouble(String id, String what, String... cure) {
        return wanted.isNeeded()
                ? Finding.fault(id, what, "The server cannot start, so no browser can connect.", cure)
                : Finding.warning(id, what, "The server starts without this port: no health checks, no metrics.", cure);
    }

    private Finding taken() {
        Optional<Long> holder = proc.listenerOn(wanted.port()).or(() -> server);
        if (holder.isPresent() && holder.equals(server)) {
            return Finding.ok(ID, "Port " + wanted.port() + " is served by this server (process " + holder.get() + ")");
        }
        return trouble(
                "port.taken",
                "Port " + wanted.port() + " is taken by "
                        + holder.map(this::named).orElse("another program"),
                holder.map(pid -> "stop that program: kill " + pid)
                        .orElse("see which program it is: sudo ss -ltnp 'sport = :" + wanted.port() + "'"),
                "or listen elsewhere: " + wanted.line(wanted.port() + 1));
    }

    private String named(long pid) {
        return proc.command(pid)
                .map(words -> words.get(0).replaceFirst(".*/", "") + " (process " + pid + ")")
                .orElse("process " + pid);
    }
}
