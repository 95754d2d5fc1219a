package dev.echoserver.cli;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;

/** Connects the commands to the server. */
final class Wiring {
    private Wiring() {}

    static Backend backend() {
        return new Backend() {
            @Override
            public RunningServer start(ServerConfig config, RedisListener listener) {
                throw notBuiltIn();
            }

            @Override
            public long publish(RedisConfig redis, String channel, byte[] payload) {
                throw notBuiltIn();
            }
        };
    }

    private static CommandFailure notBuiltIn() {
        return new CommandFailure(CommandFailure.FAILED, "The server is not part of this build.");
    }
}
