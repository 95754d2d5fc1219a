package dev.echoserver.interop;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/** Keeps cells from sharing the given server: the checks count its sockets. Servers of our own serve one cell each. */
final class OneAtATimeOnAGivenServer implements ResourceLocksProvider {
    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosing, Class<?> testClass, Method testMethod) {
        return Peer.given().isPresent() ? Set.of(new Lock("interop.url")) : Set.of();
    }
}
