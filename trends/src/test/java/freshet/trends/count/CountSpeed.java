package freshet.trends.count;

import freshet.trends.contract.Hash64;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How many uses a second one thread counts, by its own processor time so that a busy machine doesn't blur it, and what
 * they take in memory: {@code CountSpeed ordinary|heavy [posts a second] [minutes]}. In a heavy stream every second post
 * bears one tag that breaks out after 20 minutes, by 300,000 authors: with 556 posts a second a million times an hour.
 */
final class CountSpeed {

    private static final int SOURCES = 6;
    private static final int TAGS = 300_000;
    private static final int HEAVY_AUTHORS = 300_000;
    private static final long HEAVY_FROM = PostsWorld.START + 20 * 60_000;
    private static final long FLUSH_MS = 500;
    private static final int TOLD_EVERY_MS = 600_000;

    private CountSpeed() {}

    public static void main(String[] args) throws IOException {
        boolean heavy = args.length > 0 && args[0].equals("heavy");
        int perSecond = args.length > 1 ? Integer.parseInt(args[1]) : heavy ? 556 : 2_000;
        int minutes = args.length > 2 ? Integer.parseInt(args[2]) : 90;
        Random random = new Random(1);
        long bare = heap();
        PartitionCount count = new PartitionCount(CountConfig.DEFAULT, 0, 6);
        long[] offsets = new long[SOURCES];
        long spent = 0;
        long uses = 0;
        long inLastHour = 0;
        long candidates = 0;
        long slides = 0;
        for (long time = PostsWorld.START; time < PostsWorld.START + minutes * 60_000L; time += FLUSH_MS) {
            for (int source = 0; source < SOURCES; source++) {
                List<Row> rows = new ArrayList<>();
                int posts = Math.round(perSecond * FLUSH_MS / 1000f / SOURCES);
                long from = offsets[source];
                for (int i = 0; i < posts; i++) {
                    rows.add(row(random, heavy, offsets[source]++, time + FLUSH_MS * i / posts));
                }
                uses += rows.size();
                inLastHour += time >= PostsWorld.START + minutes * 60_000L - 3_600_000 ? rows.size() : 0;
                HashtagUses batch = new HashtagUses(
                        PostsWorld.TOPIC, source, SOURCES, 0, from, offsets[source], time - PostsWorld.LATENESS, rows);
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
            if ((time - PostsWorld.START) % TOLD_EVERY_MS == 0 && time > PostsWorld.START) {
                System.out.printf(
                        "%3d min: %,d uses/s over the last stretch, %,d uses and %,d tags held, %,d slides, %,d candidates%n",
                        (time - PostsWorld.START) / 60_000,
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
    private static Row row(Random random, boolean heavy, long offset, long time) {
        String tag;
        long author = Hash64.mix((long) (200_000 * Math.pow(random.nextDouble(), 2)));
        if (heavy && offset % 2 == 0 && time >= HEAVY_FROM) {
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
