package dev.echoserver;

import dev.echoserver.channel.SocketId;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.ServerConfig.Database;
import dev.echoserver.doctor.Examination;
import dev.echoserver.doctor.MachineChecks;
import dev.echoserver.doctor.ProxyChecks;
import dev.echoserver.doctor.Scope;
import dev.echoserver.doctor.Section;
import dev.echoserver.laravel.AuthChecks;
import dev.echoserver.redis.RedisChecks;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that a server with one configuration depends on, without starting it. */
public final class Checkup {
    private Checkup() {}

    /** Tells {@code report} what is found, as it is found. Blocks for some seconds, and for as long as {@code scope} says. */
    public static void run(ServerConfig config, Scope scope, Examination.Report report) {
        SecureRandom random = new SecureRandom();
        try (RedisChecks redis = new RedisChecks(config, scope.listening(), random.nextLong());
                AuthChecks application = new AuthChecks(config, Clock.systemUTC(), SocketId.random(random))) {
            List<Section> sections = new ArrayList<>();
            sections.add(MachineChecks.of(config, scope.server(), files -> browsers(config, files), Clock.systemUTC()));
            if (config.subscribers().redis() || config.database() == Database.REDIS) {
                sections.add(redis.section());
            }
            sections.add(application.section());
            scope.url()
                    .map(url -> new ProxyChecks(url, config, Clock.systemUTC(), scope.quiet()).section())
                    .ifPresent(sections::add);
            new Examination(report).run(sections);
        }
    }

    private static int browsers(ServerConfig config, int files) {
        return Descriptors.of(files, config.limits().authConcurrency()).sessions();
    }
}
