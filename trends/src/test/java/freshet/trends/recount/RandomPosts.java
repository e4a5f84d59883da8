package freshet.trends.recount;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.TimeMarker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Hostile little streams of posts: disorder, late ones, duplicates near and far, retractions, gaps, bad records. */
final class RandomPosts {

    /** A record for a partition of {@code posts}. */
    record Record(int partition, long timestamp, byte[] value) {}

    private static final long START = 1_448_000_000_000L;
    private static final String[] TAGS = {"a", "B", "ｂ", "東京", "#x", "longer", "é", "e\u0301", "q", "r"};

    private final Random random;
    private final int partitions;
    private final long[] clocks;
    private final List<List<Post>> sent = new ArrayList<>();
    private int ids;

    RandomPosts(Random random, int partitions) {
        this.random = random;
        this.partitions = partitions;
        this.clocks = new long[partitions];
        for (int p = 0; p < partitions; p++) {
            clocks[p] = START + random.nextInt(5_000);
            sent.add(new ArrayList<>());
        }
    }

    List<Record> records(int count) {
        List<Record> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(next(random.nextInt(partitions)));
        }
        long end = 0;
        for (long clock : clocks) {
            end = Math.max(end, clock);
        }
        for (int p = 0; p < partitions; p++) {
            // One partition may never learn of the end: what it has not passed must stay open.
            if (random.nextInt(8) > 0) {
                records.add(record(p, new TimeMarker(end + random.nextInt(200_000))));
            }
        }
        return records;
    }

    private Record next(int p) {
        clocks[p] += random.nextInt(100) == 0 ? random.nextInt(5_400_000) : random.nextInt(1_500);
        int kind = random.nextInt(100);
        if (kind < 4) {
            return record(p, new TimeMarker(clocks[p] - random.nextInt(3_000)));
        }
        if (kind < 6) {
            byte[] junk = ("{\"id\":\"" + kind + random.nextInt(9)).getBytes(StandardCharsets.UTF_8);
            return new Record(p, clocks[p], random.nextBoolean() ? junk : null);
        }
        if (kind < 8) {
            // Cut short within its text, which extracting never reads.
            byte[] whole = PostCodec.encode(post(p, clocks[p]));
            return new Record(p, clocks[p], Arrays.copyOf(whole, whole.length - 3));
        }
        List<Post> earlier = sent.get(p);
        if (kind < 14 && !earlier.isEmpty()) {
            return record(p, earlier.get(earlier.size() - 1 - random.nextInt(Math.min(earlier.size(), 30))));
        }
        if (kind < 24 && !earlier.isEmpty()) {
            Post post = earlier.get(earlier.size() - 1 - random.nextInt(Math.min(earlier.size(), 20)));
            boolean whole = random.nextInt(8) == 0;
            String author = random.nextInt(10) == 0 ? "nobody" : post.author().id();
            return record(
                    p,
                    new Retraction(post.source(), whole ? null : post.id(), whole ? author : null, clocks[p] + 7_000));
        }
        Post post = post(p, clocks[p] - (random.nextInt(5) == 0 ? random.nextInt(25_000) : random.nextInt(4_000)));
        earlier.add(post);
        return record(p, post);
    }

    private Post post(int p, long time) {
        List<String> tags = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            tags.add(TAGS[random.nextInt(TAGS.length)]);
        }
        String id = "p" + p + "-" + ids++;
        Post.Author author = new Post.Author(p + "/" + random.nextInt(8), null, null, null);
        String text = "t" + random.nextInt(3);
        return new Post(
                id,
                random.nextBoolean() ? "s" : "z",
                time,
                random.nextBoolean() ? "pt" : null,
                null,
                null,
                author,
                tags,
                text,
                text,
                null,
                null);
    }

    private static Record record(int partition, PostsRecord record) {
        return new Record(partition, Math.max(0, record.time()), PostCodec.encode(record));
    }
}
