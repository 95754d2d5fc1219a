package dev.echoserver.cli;

import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.systemd.ServiceManager;

/** Tells the service manager how it stands with Redis. */
final class RedisStatus implements SourceListener {
    private final ServiceManager manager;
    private final String address;

    private RedisStatus(ServiceManager manager, String address) {
        this.manager = manager;
        this.address = address;
    }

    /** One that has told what can be told before anything is connected. */
    static SourceListener told(ServiceManager manager, ServerConfig config) {
        if (!config.subscribers().redis()) {
            manager.status("Running without Redis");
            return SourceListener.NONE;
        }
        String address = config.redis().address();
        manager.status("Connecting to Redis at " + address);
        return new RedisStatus(manager, address);
    }

    @Override
    public void listening() {
        manager.status("Listening to Redis at " + address);
    }

    @Override
    public void lost(String reason) {
        manager.status("Redis lost: " + reason);
    }
}
