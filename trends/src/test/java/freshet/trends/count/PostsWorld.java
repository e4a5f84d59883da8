package freshet.trends.count;

import freshet.trends.contract.Hash64;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * A small random world of posts in several source partitions, with disorder, late posts, quiet stretches, time markers and
 * retractions, as the rows that extract would write for one of several target partitions; and a recount of it that knows
 * nothing of panes, logs or batches.
 */
public final class PostsWorld {

    public static final Uuid TOPIC = new Uuid(7, 11);
    public static final long LATENESS = 10_000;
    public static final long START = 1_700_000_000_000L;

    private final List<Source> sources = new ArrayList<>();
    private final int targets;

    public PostsWorld(long seed, int sourceCount, int records, int targets) {
        this.targets = targets;
        Random random = new Random(seed);
        for (int source = 0; source < sourceCount; source++) {
            sources.add(new Source(source, records, random));
        }
    }

    public int sourceCount() {
        return sources.size();
    }

    /** A post that counts, and from when on it doesn't. */
    public record Truth(
            long time, long author, List<String> tags, long retractedFrom, int source, long offset, boolean late) {

        boolean in(long size, long end) {
            return !late && time >= end - size && time < end;
        }

        boolean counts(long size, long end) {
            return in(size, end) && (retractedFrom == Long.MAX_VALUE || end <= retractedFrom);
        }
    }

    public List<Truth> truths() {
        List<Truth> truths = new ArrayList<>();
        sources.forEach(source -> truths.addAll(source.truths));
        return truths;
    }

    /** The time that all sources have passed when all is applied. */
    public long watermark() {
        return sources.stream()
                .mapToLong(source -> source.watermarks.get(source.watermarks.size() - 1))
                .min()
                .orElseThrow();
    }

    /** One batch of a source for a target: the records from an offset to another. */
    public HashtagUses batch(int source, int target, long from, long to) {
        Source of = sources.get(source);
        List<Row> rows = new ArrayList<>();
        for (long at = from; at < to; at++) {
            for (Row row : of.rows.get((int) at)) {
                List<Use> uses = row.uses().stream()
                        .filter(use -> Hash64.partition(use.tag(), targets) == target)
                        .toList();
                boolean total = row.offset() % targets == target;
                if (total || !uses.isEmpty()) {
                    rows.add(new Row(
                            row.at(),
                            row.sign(),
                            row.holdsFrom(),
                            row.offset(),
                            row.time(),
                            row.late(),
                            total,
                            row.source(),
                            row.lang(),
                            row.cell(),
                            row.author(),
                            row.textHash(),
                            row.repostOf(),
                            row.postId(),
                            uses,
                            row.tags()));
                }
            }
        }
        return new HashtagUses(TOPIC, source, sources.size(), from, to, of.watermarks.get((int) to - 1), rows);
    }

    public long end(int source) {
        return sources.get(source).rows.size();
    }

    /** Batches of all sources in an order that keeps each source's own, some of them again and overlapping. */
    public List<HashtagUses> batches(int target, Random random, int longest) {
        List<HashtagUses> batches = new ArrayList<>();
        long[] next = new long[sources.size()];
        List<Integer> unfinished = new ArrayList<>();
        for (int source = 0; source < next.length; source++) {
            unfinished.add(source);
        }
        while (!unfinished.isEmpty()) {
            int source = unfinished.get(random.nextInt(unfinished.size()));
            long to = Math.min(end(source), next[source] + 1 + random.nextInt(longest));
            long from = next[source] - (random.nextInt(4) == 0 ? random.nextInt((int) next[source] + 1) : 0);
            batches.add(batch(source, target, from, to));
            if (random.nextInt(6) == 0) {
                long back = random.nextInt((int) to);
                batches.add(batch(source, target, back, back + 1 + random.nextInt((int) (to - back))));
            }
            next[source] = to;
            if (to == end(source)) {
                unfinished.remove((Integer) source);
            }
        }
        return batches;
    }

    /** Uses and distinct authors by tag in one window, straight from the definition of what is exact. */
    public TreeMap<String, long[]> recount(long size, long end, int target) {
        return recount(size, end, target, 1, Integer.MAX_VALUE);
    }

    /**
     * The same where tags with more than some uses are sampled: all of an author within a pane are one, and of the authors
     * only every second is looked at, or every fourth, and so on, until there are no more uses than that.
     */
    public TreeMap<String, long[]> recount(long size, long end, int target, long pane, int exactUsesMax) {
        TreeMap<String, List<Truth>> byTag = new TreeMap<>();
        for (Truth truth : truths()) {
            if (truth.in(size, end)) {
                for (String tag : truth.tags()) {
                    if (target < 0 || Hash64.partition(tag, targets) == target) {
                        byTag.computeIfAbsent(tag, t -> new ArrayList<>()).add(truth);
                    }
                }
            }
        }
        TreeMap<String, long[]> counts = new TreeMap<>();
        byTag.forEach((tag, all) -> {
            List<Truth> sampled = new ArrayList<>(all);
            int times = 1;
            while (sampled.stream()
                            .map(use -> use.author() + " " + use.time() / pane)
                            .distinct()
                            .count()
                    > exactUsesMax) {
                times *= 2;
                double part = 1.0 / times;
                sampled.removeIf(use -> use.author() * 0x1p-64 + 0.5 >= part);
            }
            long uses = all.stream().filter(use -> use.counts(size, end)).count();
            long authors = sampled.stream()
                    .filter(use -> use.counts(size, end))
                    .map(Truth::author)
                    .distinct()
                    .count();
            if (authors > 0) {
                counts.put(tag, new long[] {uses, authors * times});
            }
        });
        return counts;
    }

    public long posts(long size, long end) {
        return truths().stream().filter(truth -> truth.counts(size, end)).count();
    }

    private static final class Source {
        private final List<List<Row>> rows = new ArrayList<>();
        private final List<Long> watermarks = new ArrayList<>();
        private final List<Truth> truths = new ArrayList<>();

        Source(int source, int records, Random random) {
            long newest = Long.MIN_VALUE;
            long now = START + random.nextInt(5_000);
            for (int at = 0; at < records; at++) {
                long watermark = newest == Long.MIN_VALUE ? HashtagUses.NO_WATERMARK : newest - LATENESS;
                now += random.nextInt(30) == 0 ? random.nextInt(400_000) : random.nextInt(3_000);
                List<Row> written = new ArrayList<>();
                int kind = random.nextInt(10);
                if (kind == 0) {
                    newest = Math.max(newest, now);
                } else if (kind == 1 && !truths.isEmpty()) {
                    int which = truths.size() - 1 - random.nextInt(Math.min(truths.size(), 30));
                    Truth truth = truths.get(which);
                    if (!truth.late() && truth.retractedFrom() == Long.MAX_VALUE) {
                        truths.set(
                                which,
                                new Truth(
                                        truth.time(),
                                        truth.author(),
                                        truth.tags(),
                                        watermark,
                                        source,
                                        truth.offset(),
                                        false));
                        written.add(row(truth, at, -1, watermark));
                    }
                } else {
                    long time = now
                            - now % 500
                            - (random.nextInt(3) == 0 ? 500 * random.nextInt(28) : 0)
                            + (random.nextInt(40) == 0 ? 60_000 : 0);
                    boolean late = time < watermark;
                    List<String> tags = new ArrayList<>();
                    for (int i = random.nextInt(4); i > 0; i--) {
                        String tag = "tag" + (int) Math.pow(random.nextInt(4), 2);
                        if (!tags.contains(tag)) {
                            tags.add(tag);
                        }
                    }
                    long author = Hash64.author("test", "a" + random.nextInt(9));
                    Truth truth = new Truth(time, author, tags, Long.MAX_VALUE, source, at, late);
                    truths.add(truth);
                    written.add(row(truth, at, 1, HashtagUses.NO_WATERMARK));
                    newest = Math.max(newest, time);
                }
                rows.add(written);
                watermarks.add(newest == Long.MIN_VALUE ? HashtagUses.NO_WATERMARK : newest - LATENESS);
            }
        }

        private static Row row(Truth post, long at, int sign, long holdsFrom) {
            List<Use> uses = post.late()
                    ? List.of()
                    : post.tags().stream()
                            .map(tag -> new Use(tag, tag.toUpperCase(java.util.Locale.ROOT)))
                            .toList();
            return new Row(
                    at,
                    sign,
                    holdsFrom,
                    post.offset(),
                    post.time(),
                    post.late(),
                    true,
                    "test",
                    "en",
                    "",
                    post.author(),
                    post.offset() % 5,
                    post.offset() % 7 == 0 ? 99 : 0,
                    "post-" + post.source() + "-" + post.offset(),
                    uses,
                    post.tags());
        }
    }
}
