package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedHostsTest {

    private final TrustedHosts hosts = new TrustedHosts(List.of("Tracker.example.com", "[2001:db8::7]"));

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,10.1.2.3",
        "10.1.2.3:8080,10.1.2.3",
        "[fd00::1]:8080,fd00:0:0:0:0:0:0:1",
        "[fd00:0::1],fd00:0:0:0:0:0:0:1",
        "[2001:db8::7]:80,10.1.2.3"
    })
    void the_address_at_which_a_connection_arrived_is_trusted(String host, String local) {
        assertThat(hosts.trust(host, local)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3,10.1.2.4", "[fd00::1],fd00:0:0:0:0:0:0:2", "[::,::1", "host,10.1.2.3", "10.1.2.3.x,10.1.2.3"})
    void other_addresses_and_what_is_none_are_not(String host, String local) {
        assertThat(hosts.trust(host, local)).isFalse();
    }

    @Test
    void an_address_of_one_connection_is_not_trusted_on_the_next() {
        assertThat(hosts.trust("10.1.2.3", "10.1.2.3")).isTrue();
        assertThat(hosts.trust("10.1.2.3", "10.9.9.9")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "https://tracker.example.com", "tracker.example.com:443", "a/b"})
    void what_is_no_name_is_refused_at_the_start(String configured) {
        assertThatThrownBy(() -> new TrustedHosts(List.of(configured)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recount.web.hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tracker.example.com", "https://", "https://tracker.example.com/", "://x"})
    void what_is_no_origin_is_refused_at_the_start(String configured) {
        assertThatThrownBy(() -> new TrustedOrigins(List.of(configured)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recount.web.origins");
    }
}
