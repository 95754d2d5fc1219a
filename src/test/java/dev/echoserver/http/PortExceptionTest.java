package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

final class PortExceptionTest {
    private static Port.Place place(InetSocketAddress address) {
        return new Port.Place(address, "host", "port", "null");
    }

    @Test
    void namesAHostThatIsUnknown() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 6001);

        assertThat(new PortException(place(nowhere), new UnresolvedAddressException()))
                .hasMessage("\"nowhere.invalid\" is no known host name.\n"
                        + "Set \"host\" to an address of this machine, or to null for all of them.");
    }

    @Test
    void namesAPortThatIsTaken() {
        assertThat(new PortException(place(new InetSocketAddress(6001)), new BindException("Address already in use")))
                .hasMessageStartingWith("Port 6001 is already in use.\nStop the other program");
    }

    @Test
    void namesTheKeysOfThePort() {
        Port.Place management =
                new Port.Place(new InetSocketAddress(6002), "management.host", "management.port", "\"0.0.0.0\"");

        assertThat(new PortException(management, new BindException("Address already in use")))
                .hasMessageEndingWith("or set another \"management.port\".");
        assertThat(new PortException(management, new BindException("Cannot assign requested address")))
                .hasMessageEndingWith(
                        "Set \"management.host\" to one of its addresses, or to \"0.0.0.0\" for all of them.");
    }
}
