package freshet.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerConfigTest {

    private static BrokerConfig config(String... keysAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of("log.dirs", "/data"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return BrokerConfig.from(settings);
    }

    @Test
    void allDefaultsAreKafkasButTheThreads() {
        BrokerConfig config = config();
        assertThat(config.brokerId()).isEqualTo(1);
        assertThat(config.listeners()).containsExactly(new Listener("PLAINTEXT", "", 9092));
        assertThat(config.advertisedListeners()).isEmpty();
        assertThat(config.dataDir()).isEqualTo(Path.of("/data"));
        assertThat(config.rack()).isEmpty();
        assertThat(config.autoCreateTopics()).isTrue();
        assertThat(config.deleteTopicEnabled()).isTrue();
        assertThat(config.defaultPartitions()).isEqualTo(1);
        assertThat(config.defaultReplicationFactor()).isEqualTo((short) 1);
    }

    @Test
    void listenersMayHaveNamesHostsAndIpv6() {
        BrokerConfig config = config(
                "listeners", "IN://[::1]:9092,OUT://0.0.0.0:9093",
                "advertised.listeners", "OUT://example.org:443",
                "listener.security.protocol.map", "IN:PLAINTEXT,OUT:PLAINTEXT");
        assertThat(config.listeners()).containsExactly(new Listener("IN", "::1", 9092), new Listener("OUT", "", 9093));
        assertThat(config.advertisedListeners()).containsExactly(new Listener("OUT", "example.org", 443));
    }

    @Test
    void aBadSettingIsNamedInOneSentence() {
        assertThatThrownBy(() -> config("listeners", "localhost:9092"))
                .hasMessageContaining("listeners has 'localhost:9092'");
        assertThatThrownBy(() -> config("listeners", "PLAINTEXT://:99999")).hasMessageContaining("65535");
        assertThatThrownBy(() -> config("listeners", "SSL://:9092")).hasMessageContaining("only PLAINTEXT");
        assertThatThrownBy(() -> config("advertised.listeners", "PLAINTEXT://:9092"))
                .hasMessageContaining("need a host");
        assertThatThrownBy(() -> config("broker.id", "minus one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broker.id");
        assertThatThrownBy(() -> config("log.dirs", "/a,/b")).hasMessageContaining("one is supported");
        assertThatThrownBy(() -> BrokerConfig.from(Map.of())).hasMessageContaining("log.dirs");
    }

    @Test
    void keysThatNobodyReadsAreKnown() {
        assertThat(config("retention.hours.typo", "1").settings().unread()).containsExactly("retention.hours.typo");
    }
}
