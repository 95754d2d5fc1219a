package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.HostPort;
import org.junit.jupiter.api.Test;

final class MasterWatchTest {
    @Test
    void readsTheNewMasterFromWhatSentinelsSay() {
        HostPort fresh = new HostPort("10.0.0.2", 6380);

        assertThat(MasterWatch.newMaster("shop", "+switch-master", "shop 10.0.0.1 6379 10.0.0.2 6380"))
                .hasValue(fresh);
        assertThat(MasterWatch.newMaster(
                        "shop", "+promoted-slave", "slave 10.0.0.2:6380 10.0.0.2 6380 @ shop 10.0.0.1 6379"))
                .hasValue(fresh);
    }

    @Test
    void readsNothingElse() {
        assertThat(MasterWatch.newMaster("shop", "+switch-master", "blog 10.0.0.1 6379 10.0.0.2 6380"))
                .isEmpty();
        assertThat(MasterWatch.newMaster(
                        "shop", "+promoted-slave", "slave 10.0.0.2:6380 10.0.0.2 6380 @ blog 10.0.0.1 6379"))
                .isEmpty();
        assertThat(MasterWatch.newMaster("shop", "+switch-master", "shop 10.0.0.1 6379 10.0.0.2 port"))
                .isEmpty();
        assertThat(MasterWatch.newMaster("shop", "+switch-master", "shop")).isEmpty();
        assertThat(MasterWatch.newMaster("shop", "+sdown", "master shop 10.0.0.1 6379"))
                .isEmpty();
    }
}
