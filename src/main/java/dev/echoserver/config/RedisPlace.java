package dev.echoserver.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a Redis is, and how many servers it is made of. */
public sealed interface RedisPlace {

    /** What to name in a message. */
    String address();

    /** One server. */
    record Server(HostPort at) implements RedisPlace {
        @Override
        public String address() {
            return at.toString();
        }
    }

    /** One server, by the Unix domain socket at {@code path}. */
    record SocketFile(String path) implements RedisPlace {
        @Override
        public String address() {
            return path;
        }
    }

    /**
     * A master that is watched by Sentinels and replaced when it fails.
     *
     * @param at the Sentinels; one that answers is enough
     * @param name what they call the master
     * @param login for the Sentinels themselves
     * @param tls to the Sentinels themselves
     */
    record Sentinels(List<HostPort> at, String name, RedisLogin login, Optional<RedisTlsConfig> tls)
            implements RedisPlace {
        /** Copies the list. */
        public Sentinels {
            at = List.copyOf(at);
        }

        @Override
        public String address() {
            return name + " of Sentinel " + list(at);
        }
    }

    /**
     * A Redis Cluster.
     *
     * @param nodes some of its nodes; one that answers is enough
     */
    record Cluster(List<HostPort> nodes) implements RedisPlace {
        /** Copies the list. */
        public Cluster {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String address() {
            return "Cluster " + list(nodes);
        }
    }

    private static String list(List<HostPort> all) {
        return all.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }
}
