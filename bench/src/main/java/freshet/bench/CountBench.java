package freshet.bench;

import freshet.trends.contract.Hash64;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import freshet.trends.count.CountConfig;
import freshet.trends.count.PartitionCount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.Uuid;

/**
 * How many uses a second one thread counts, by its own processor time so that a busy machine doesn't blur it, and what
 * they take in memory.
 *
 * <p>Arguments: {@code ordinary}, {@code heavy} or {@code flood}; posts a second; minutes. In a heavy stream every second
 * post bears one tag that breaks out after 20 minutes, by 300,000 authors: with 556 posts a second a million times an hour.
 * In a flood every second post bears a tag that no other bears.
 */
public final class CountBench {

    private static final Uuid TOPIC = new Uuid(7, 11);
    private static final long START = 1_700_000_000_000L;
    private static final long LATENESS = 10_000;
    private static final int SOURCES = 6;
    private static final int TAGS = 300_000;
    private static final int HEAVY_AUTHORS = 300_000;
    private static final long HEAVY_FROM = START + 20 * 60_000;
    private static final long FLUSH_MS = 500;
    private static final int TOLD_EVERY_MS = 600_000;

    private CountBench() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3 || !List.of("ordinary", "heavy", "flood").contains(args[0])) {
            System.err.println("usage: CountBench ordinary|heavy|flood POSTS_PER_SECOND MINUTES");
            System.exit(2);
        }
        String stream = args[0];
        int perSecond = Integer.parseInt(args[1]);
        int minutes = Integer.parseInt(args[2]);
        Random random = new Random(1);
        long bare = heap();
        PartitionCount count = new PartitionCount(CountConfig.DEFAULT, 0, 6);
        long[] offsets = new long[SOURCES];
        long spent = 0;
        long uses = 0;
        long inLastHour = 0;
        long candidates = 0;
        long slides = 0;
        for (long time = START; time < START + minutes * 60_000L; time += FLUSH_MS) {
            for (int source = 0; source < SOURCES; source++) {
                List<Row> rows = new ArrayList<>();
                int posts = Math.round(perSecond * FLUSH_MS / 1000f / SOURCES);
                long from = offsets[source];
                for (int i = 0; i < posts; i++) {
                    rows.add(row(random, stream, offsets[source]++, time + FLUSH_MS * i / posts));
                }
                uses += rows.size();
                inLastHour += time >= START + minutes * 60_000L - 3_600_000 ? rows.size() : 0;
                HashtagUses batch =
                        new HashtagUses(TOPIC, source, SOURCES, 0, from, offsets[source], time - LATENESS, rows);
                long started = cpu();
                count.apply(batch);
                spent += cpu() - started;
            }
            long started = cpu();
            for (var record : count.flush()) {
                slides += record.slides().size();
                candidates += record.slides().stream()
                        .mapToInt(s -> s.candidates().size())
                        .sum();
            }
            spent += cpu() - started;
            if ((time - START) % TOLD_EVERY_MS == 0 && time > START) {
                System.out.printf(
                        "%3d min: %,d uses/s over the last stretch, %,d uses and %,d tags held, %,d slides, %,d candidates%n",
                        (time - START) / 60_000,
                        uses * 1_000_000_000L / Math.max(1, spent),
                        count.usesHeld(),
                        count.tagsHeld(),
                        slides,
                        candidates);
                uses = 0;
                spent = 0;
            }
        }
        long heap = heap() - bare;
        System.out.printf(
                "heap %,d KiB for the %,d uses of the last hour: %.0f bytes each%n",
                heap >> 10, inLastHour, (double) heap / inLastHour);
        System.out.printf("%,d uses forgotten%n", count.forgottenUses());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long started = cpu();
        count.snapshot(new DataOutputStream(bytes));
        long written = cpu();
        PartitionCount.restore(
                CountConfig.DEFAULT, 0, 6, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        System.out.printf(
                "snapshot of %,d bytes: written in %d ms, read in %d ms%n",
                bytes.size(), (written - started) / 1_000_000, (cpu() - written) / 1_000_000);
    }

    /** Tags and authors by an inverse power law; every tenth minute a tag breaks out. */
    private static Row row(Random random, String stream, long offset, long time) {
        String tag;
        long author = Hash64.mix((long) (200_000 * Math.pow(random.nextDouble(), 2)));
        if (stream.equals("flood") && offset % 2 == 0) {
            tag = "flood" + random.nextLong();
        } else if (stream.equals("heavy") && offset % 2 == 0 && time >= HEAVY_FROM) {
            tag = "heavy";
            author = Hash64.mix(random.nextInt(HEAVY_AUTHORS));
        } else if (time / 60_000 % 10 == 0 && random.nextInt(50) == 0) {
            tag = "outburst" + time / 600_000;
        } else {
            tag = "tag" + (int) (TAGS * Math.pow(random.nextDouble(), 4));
        }
        return new Row(
                offset,
                1,
                HashtagUses.NO_WATERMARK,
                offset,
                time,
                false,
                true,
                "bluesky",
                "en",
                "",
                author,
                random.nextLong(),
                0,
                "at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/" + offset,
                List.of(new Use(tag, tag)),
                List.of(tag, "other" + offset % 50));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
