package dev.echoserver.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MemoryPresenceStoreTest extends PresenceStoreContract {
    private static final PresenceChannel ROOM = new PresenceChannel("presence-r");
    private static final Member ANN = Member.of(Json.of("{\"user_id\":1}")).orElseThrow();

    @Override
    protected PresenceStore openedStore(PresenceListener listener) {
        MemoryPresenceStore store = new MemoryPresenceStore(System::nanoTime);
        store.open(listener);
        return store;
    }

    @Test
    void announcesInTheOrderOfTheChangesWhicheverThreadsMakeThem() {
        PresenceTrace trace = new PresenceTrace();
        PresenceStore store = openedStore(trace);

        IntStream.range(0, 4_000).parallel().forEach(n -> {
            SocketId socket = new SocketId("1." + n);
            store.join(ROOM, socket, ANN);
            store.leave(ROOM, socket);
        });

        assertThat(trace.versions()).isSorted().doesNotHaveDuplicates();
        List<String> kinds = trace.lines().stream()
                .map(line -> line.substring(0, "joining".length()))
                .toList();
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(2);
        for (int i = 0; i < kinds.size(); i++) {
            assertThat(kinds.get(i)).isEqualTo(i % 2 == 0 ? "joining" : "leaving");
        }
    }

    @Test
    void bearsAListenerThatThrowsAndOneThatChangesSomething() {
        List<String> heard = new ArrayList<>();
        MemoryPresenceStore store = new MemoryPresenceStore(System::nanoTime);
        store.open(new PresenceListener() {
            @Override
            public void joining(PresenceChannel channel, Member member, SocketId socket, long version) {
                heard.add("joining");
                store.leave(channel, socket);
                throw new IllegalStateException("thrown (expected by the test)");
            }

            @Override
            public void leaving(PresenceChannel channel, Member member, long version) {
                heard.add("leaving");
            }

            @Override
            public void refresh() {}
        });

        store.join(ROOM, new SocketId("1.1"), ANN);

        assertThat(heard).containsExactly("joining", "leaving");
    }
}
