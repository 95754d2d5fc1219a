package dev.echoserver.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ListenHintTest {

    @Test
    void anEventWithANameOfItsOwnNeedsALeadingDot() {
        assertThat(ListenHint.of("order.paid"))
                .contains("In the page, listen with a leading dot: .listen('.order.paid', …)");
    }

    @Test
    void anEventOfAnotherNamespaceNeedsItsWholeName() {
        assertThat(ListenHint.of("Modules\\Shop\\Paid"))
                .contains("In the page, listen with a leading dot: .listen('.Modules\\\\Shop\\\\Paid', …)");
    }

    @Test
    void aNotificationHasItsOwnWay() {
        assertThat(ListenHint.of("Illuminate\\Notifications\\Events\\BroadcastNotificationCreated"))
                .hasValueSatisfying(hint -> assertThat(hint).contains(".notification(…)"));
    }

    @Test
    void usualEventsAndWhispersNeedNone() {
        assertThat(ListenHint.of("App\\Events\\OrderPaid")).isEmpty();
        assertThat(ListenHint.of("client-typing")).isEmpty();
    }
}
