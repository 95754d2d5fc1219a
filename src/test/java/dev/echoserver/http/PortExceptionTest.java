package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

final class PortExceptionTest {
    @Test
    void namesAHostThatIsUnknown() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 6001);

        assertThat(new PortException(nowhere, new UnresolvedAddressException()))
                .hasMessage("\"nowhere.invalid\" is no known host name.\n"
                        + "Set \"host\" to an address of this machine, or to null for all of them.");
    }

    @Test
    void namesAPortThatIsTaken() {
        assertThat(new PortException(new InetSocketAddress(6001), new BindException("Address already in use")))
                .hasMessageStartingWith("Port 6001 is already in use.\nStop the other program");
    }
}
