package dev.echoserver.config;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which settings of two configurations differ, by the keys at the top of the file. */
final class Changes {
    /** Where a component is not called like its key. */
    private static final Map<String, String> KEYS = Map.of(
            "authHosts", "authHost",
            "redis", "databaseConfig",
            "publishPresence", "databaseConfig",
            "membersKey", "databaseConfig",
            "drain", "drainSeconds");

    private Changes() {}

    static Set<String> between(ServerConfig before, ServerConfig after) {
        Set<String> keys = new TreeSet<>();
        for (RecordComponent component : ServerConfig.class.getRecordComponents()) {
            if (!value(component, before).equals(value(component, after))) {
                keys.add(KEYS.getOrDefault(component.getName(), component.getName()));
            }
        }
        return keys;
    }

    private static Object value(RecordComponent component, ServerConfig config) {
        try {
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("component: " + component, e);
        }
    }
}
