package dev.echoserver.redis;

import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisLogin;
import dev.echoserver.config.RedisTlsConfig;
import dev.echoserver.tls.TlsException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.Optional;

/**
 * How to enter servers of one kind: those with the data, or Sentinels.
 *
 * @param patience after which a connect or a command fails
 */
record RedisAccess(RedisLogin login, Optional<RedisTlsConfig> tls, String connectionName, Duration patience) {

    static RedisAccess of(RedisConfig settings, Duration patience) {
        return new RedisAccess(settings.login(), settings.tls(), settings.connectionName(), patience);
    }

    RedisURI uri(HostPort at) {
        RedisURI.Builder builder = RedisURI.Builder.redis(at.host(), at.port()).withSsl(tls.isPresent());
        tls.ifPresent(how -> builder.withVerifyPeer(how.verify() ? SslVerifyMode.FULL : SslVerifyMode.NONE));
        return build(builder);
    }

    RedisURI uri(String socketFile) {
        return build(RedisURI.Builder.socket(socketFile));
    }

    private RedisURI build(RedisURI.Builder builder) {
        builder.withTimeout(patience).withClientName(connectionName);
        if (login.username().isPresent()) {
            builder.withAuthentication(login.username().get(), login.password().orElse(""));
        } else {
            login.password().ifPresent(builder::withPassword);
        }
        return builder.build();
    }

    /**
     * Reads the certificates, so that renewed ones count from then on; not for a thread that must not block.
     *
     * @throws TlsException if they cannot be read
     */
    ClientOptions options() {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .pingBeforeActivateConnection(false)
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(patience))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(patience)
                        .keepAlive(true)
                        .build());
        tls.ifPresent(how -> options.sslOptions(RedisTls.options(how, patience)));
        return options.build();
    }
}
