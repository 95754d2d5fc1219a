package dev.echoserver.cli;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system, by {@code sun.misc.Signal}: Java has no other way to be told of SIGHUP, nor of a
 * second SIGTERM. By reflection, because the compiler warns of every mention of that class.
 */
final class Signals {
    private static final Logger log = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Calls {@code handler}, on a thread of its own, with the number of the signal {@code name}, such as {@code TERM}.
     * Does nothing where there is no such signal, as HUP on Windows, or where it is ignored, as HUP under nohup.
     */
    static void on(String name, IntConsumer handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> listener = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {listener}, (self, method, arguments) -> {
                        handler.accept((Integer) signal.getMethod("getNumber").invoke(arguments[0]));
                        return null;
                    });
            signal.getMethod("handle", signal, listener)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            log.debug("Signal not available: name={} reason={}", name, String.valueOf(e.getCause()));
        }
    }
}
