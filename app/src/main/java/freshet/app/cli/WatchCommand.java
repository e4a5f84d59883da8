package freshet.app.cli;

import freshet.ingest.contract.Stream;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.RankingCodec;
import freshet.trends.contract.TrendsTopic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the ranking of one window in the terminal, from {@code trends} itself. */
@Command(
        name = "watch",
        description = "Shows the ranking in the terminal as it changes.",
        footer = {
            "",
            "Examples:",
            "  ./freshet watch                            the live stream's 10-minute window",
            "  ./freshet watch --stream demo --window 1h  of a recording that plays",
            "  ./freshet watch --once                     the newest ranking, then the end"
        })
final class WatchCommand implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    /** How far back a new reader looks for the newest ranking of its window, in records. */
    private static final long LOOK_BACK = 2_000;

    @Mixin
    private BootstrapOption bootstrap;

    @Mixin
    private StreamOption streamOption;

    @Option(names = "--window", paramLabel = "SIZE", description = "Which window: 1m, 10m (the default), 1h, …")
    private String window = "10m";

    @Option(names = "--scope", paramLabel = "SCOPE", description = "Which scope (default: all).")
    private String scope = "all";

    @Option(names = "--once", description = "Show the newest ranking and end.")
    private boolean once;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Stream stream = streamOption.stream();
        String topic = stream.topic(TrendsTopic.TRENDS);
        try (Admin admin = bootstrap.connect()) {
            if (!admin.listTopics().names().get().contains(topic)) {
                throw new IllegalStateException("there is no topic " + topic + " at " + bootstrap.servers()
                        + " yet; name a stream that plays with --stream NAME");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean terminal = System.console() != null && !once;
        byte[] key = Ranking.key(window, scope).getBytes(StandardCharsets.UTF_8);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap.servers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            seekNearEnd(consumer, topic);
            Ranking newest = null;
            boolean caughtUp = false;
            while (true) {
                Ranking before = newest;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    if (Arrays.equals(record.key(), key)) {
                        newest = newer(newest, record.value());
                    }
                }
                caughtUp |= consumer.assignment().stream()
                        .allMatch(p -> consumer.currentLag(p).orElse(1) == 0);
                if (newest != before && caughtUp) {
                    show(newest, out, terminal);
                }
                if (once && caughtUp) {
                    if (newest == null) {
                        throw new IllegalStateException("nothing has been published for window " + window + " yet");
                    }
                    return 0;
                }
            }
        }
    }

    /** An early record never replaces a final one, and time never goes back. */
    private static Ranking newer(Ranking known, byte[] value) {
        try {
            Ranking read = RankingCodec.decode(value);
            return known == null || read.at().isAfter(known.at()) || (read.at().equals(known.at()) && read.isFinal())
                    ? read
                    : known;
        } catch (IOException e) {
            return known;
        }
    }

    private static void seekNearEnd(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map((PartitionInfo info) -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions)
                .forEach(
                        (partition, end) -> consumer.seek(partition, Math.max(starts.get(partition), end - LOOK_BACK)));
    }

    private void show(Ranking ranking, PrintWriter out, boolean terminal) {
        StringBuilder text = new StringBuilder(terminal ? CLEAR : "");
        text.append(String.format(
                "%s  window %s to %s  %,d posts%s%n",
                ranking.scope(),
                ranking.window(),
                ranking.at(),
                ranking.posts(),
                ranking.isFinal() ? "" : "  early, " + ranking.partitions() + " partitions"));
        for (Ranking.Trend trend : ranking.trends()) {
            text.append(String.format(
                    "%3d  %-28s %-9s %6d authors %8.1f expected  %s%n",
                    trend.rank(),
                    "#" + printable(trend.display()),
                    trend.state().name().toLowerCase(Locale.ROOT),
                    trend.authors(),
                    trend.expected(),
                    trend.reason() == null ? "" : printable(trend.reason())));
        }
        if (ranking.trends().isEmpty()) {
            text.append("     nothing breaks out").append(System.lineSeparator());
        }
        out.print(text);
        out.flush();
    }

    /** A tag is a stranger's text: no control character of it may reach the terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", "");
    }
}
