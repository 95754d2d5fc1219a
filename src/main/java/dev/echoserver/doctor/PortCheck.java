package dev.echoserver.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/** Whether a port can be listened on, or is held by the server itself. */
final class PortCheck {
    private static final String ID = "port";
    private static final String WHY = "The server cannot start, so no browser can connect.";

    private final String key;
    private final Optional<String> host;
    private final int port;
    private final Optional<Long> server;
    private final Proc proc;

    /**
     * @param key of the port in the configuration
     * @param host what to listen on; empty means all addresses
     * @param server the process of the server, if it runs
     */
    PortCheck(String key, Optional<String> host, int port, Optional<Long> server) {
        this.key = key;
        this.host = host;
        this.port = port;
        this.server = server;
        this.proc = Proc.ofThisMachine();
    }

    Check check() {
        return Check.of(ID, "port " + port, () -> List.of(look()));
    }

    private Finding look() {
        InetSocketAddress address =
                host.map(name -> new InetSocketAddress(name, port)).orElseGet(() -> new InetSocketAddress(port));
        if (address.isUnresolved()) {
            return noAddress("is no known host name");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return Finding.ok(ID, "Port " + port + " is free");
        } catch (IOException e) {
            return explain(String.valueOf(e.getMessage()));
        }
    }

    private Finding explain(String reason) {
        if (reason.contains("Permission denied")) {
            return Finding.fault(
                    "port.not-allowed",
                    "Port " + port + " is not allowed for this user",
                    WHY,
                    "\"" + key + "\": 6001",
                    "or, with systemd, in the unit: AmbientCapabilities=CAP_NET_BIND_SERVICE");
        }
        return reason.contains("Cannot assign requested address")
                ? noAddress("is not an address of this machine")
                : taken();
    }

    private Finding noAddress(String what) {
        return Finding.fault("port.address", "\"" + host.orElse("") + "\" " + what, WHY, "\"host\": null");
    }

    private Finding taken() {
        Optional<Long> holder = proc.listenerOn(port).or(() -> server);
        if (holder.isPresent() && holder.equals(server)) {
            return Finding.ok(ID, "Port " + port + " is served by this server (process " + holder.get() + ")");
        }
        return Finding.fault(
                "port.taken",
                "Port " + port + " is taken by " + holder.map(this::named).orElse("another program"),
                WHY,
                holder.map(pid -> "stop that program: kill " + pid)
                        .orElse("see which program it is: sudo ss -ltnp 'sport = :" + port + "'"),
                "or listen elsewhere: \"" + key + "\": " + (port + 1));
    }

    private String named(long pid) {
        return proc.command(pid)
                .map(words -> words.get(0).replaceFirst(".*/", "") + " (process " + pid + ")")
                .orElse("process " + pid);
    }
}
