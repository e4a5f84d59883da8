package freshet.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.junit.jupiter.api.Test;

class LogConfigTest {
    @Test
    void theKeysAndTheirDefaultsArePinned() {
        Map<String, String> values = LogConfig.defaults().settings().values().stream()
                .collect(Collectors.toMap(LogConfig.Setting::name, LogConfig.Setting::value));
        assertThat(values)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("cleanup.policy", "delete"),
                        Map.entry("compression.type", "producer"),
                        Map.entry("delete.retention.ms", "86400000"),
                        Map.entry("file.delete.delay.ms", "60000"),
                        Map.entry("flush.before.ack", "false"),
                        Map.entry("flush.messages", "9223372036854775807"),
                        Map.entry("flush.ms", "9223372036854775807"),
                        Map.entry("index.interval.bytes", "4096"),
                        Map.entry("max.compaction.lag.ms", "9223372036854775807"),
                        Map.entry("max.decompressed.message.bytes", "67108864"),
                        Map.entry("max.message.bytes", "1048588"),
                        Map.entry("message.timestamp.after.max.ms", "3600000"),
                        Map.entry("message.timestamp.before.max.ms", "9223372036854775807"),
                        Map.entry("message.timestamp.type", "CreateTime"),
                        Map.entry("min.cleanable.dirty.ratio", "0.5"),
                        Map.entry("min.compaction.lag.ms", "0"),
                        Map.entry("min.insync.replicas", "1"),
                        Map.entry("retention.bytes", "-1"),
                        Map.entry("retention.ms", "604800000"),
                        Map.entry("segment.bytes", "1073741824"),
                        Map.entry("segment.index.bytes", "10485760"),
                        Map.entry("segment.ms", "604800000"),
                        Map.entry("unclean.leader.election.enable", "false")));
    }

    @Test
    void aTopicsSettingStandsAboveTheBrokersAndThatAboveTheDefault() {
        LogConfig broker = LogConfig.ofBroker(Map.of("log.retention.hours", "2", "log.segment.bytes", "4096"));
        LogConfig topic = broker.withOverrides(Map.of("segment.bytes", "2048"));
        assertThat(topic.segmentBytes()).isEqualTo(2048);
        assertThat(topic.retentionMs()).isEqualTo(7_200_000);
        assertThat(topic.settings().get("segment.bytes").source()).isEqualTo(LogConfig.Source.TOPIC);
        assertThat(topic.settings().get("retention.ms").source()).isEqualTo(LogConfig.Source.BROKER);
        assertThat(topic.settings().get("segment.ms").source()).isEqualTo(LogConfig.Source.DEFAULT);
        assertThat(topic.withOverrides(Map.of()).segmentBytes()).isEqualTo(4096);
    }

    @Test
    void theFinestUnitWins() {
        assertThat(LogConfig.ofBroker(Map.of(
                                "log.retention.hours", "2", "log.retention.minutes", "5", "log.retention.ms", "7"))
                        .retentionMs())
                .isEqualTo(7);
        assertThat(LogConfig.ofBroker(Map.of("log.retention.hours", "2", "log.retention.minutes", "5"))
                        .retentionMs())
                .isEqualTo(300_000);
        assertThat(LogConfig.ofBroker(Map.of("log.retention.hours", "-1")).retentionMs())
                .isEqualTo(-1);
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertRefused(Map.of("no.such.thing", "1"), "Unknown topic config name: no.such.thing");
        assertRefused(Map.of("retention.ms", "soon"), "retention.ms");
        assertRefused(Map.of("cleanup.policy", "burn"), "cleanup.policy");
        assertRefused(Map.of("min.compaction.lag.ms", "5", "max.compaction.lag.ms", "4"), "min.compaction.lag.ms");
    }

    private static void assertRefused(Map<String, String> settings, String inMessage) {
        assertThatThrownBy(() -> LogConfig.defaults().withOverrides(settings))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(inMessage);
    }
}
