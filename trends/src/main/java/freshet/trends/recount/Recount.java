package freshet.trends.recount;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Retraction;
import freshet.ingest.text.Hashtags;
import freshet.ingest.text.TagFold;
import freshet.trends.contract.Hash64;
import freshet.trends.time.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the posts say by the definitions: who counts, and what every slide holds.
 *
 * <p>Of a tag with very many uses in a slide the published authors are an estimate, which is a function of the posts as
 * well. Here it is made from the definition, and held against all authors besides.
 */
public final class Recount {

    /** Up to how many uses a tag is counted exactly unless the job's settings say otherwise. */
    public static final int EXACT_USES_MAX = 16_384;

    /** How many of its standard errors an estimate may be from the truth: by chance once in 500 million times. */
    private static final double ERRORS_MAX = 6;

    private static final long HOUR = 3_600_000;
    private static final long END_OF_9999 = 253_402_300_799_999L;

    private final long lateness;
    private final int exactUsesMax;
    private final Partition[] partitions;
    private final List<Counted> posts = new ArrayList<>();
    private boolean sorted;

    /** A post that counts in the slides that hold its time, and end at {@code until} or before. */
    private static final class Counted {
        final long time;
        final String author;
        final long authorHash;
        final Set<String> tags;
        long until = Long.MAX_VALUE;

        Counted(long time, String author, long authorHash, Set<String> tags) {
            this.time = time;
            this.author = author;
            this.authorHash = authorHash;
            this.tags = tags;
        }
    }

    /** What is known at a place of one partition. */
    private static final class Partition {
        Long newest;
        final Map<String, Long> seen = new HashMap<>();
        final Map<String, List<Counted>> byPost = new HashMap<>();
        final Map<String, List<Counted>> byAuthor = new HashMap<>();
    }

    /** How many of the records were what. */
    public final Map<String, Integer> outcomes = new TreeMap<>();

    /** @param lateness allowed lateness, milliseconds */
    public Recount(int partitions, long lateness) {
        this(partitions, lateness, EXACT_USES_MAX);
    }

    /**
     * @param lateness allowed lateness, milliseconds
     * @param exactUsesMax up to how many uses in a window a tag is counted exactly
     */
    public Recount(int partitions, long lateness, int exactUsesMax) {
        this.lateness = lateness;
        this.exactUsesMax = exactUsesMax;
        this.partitions = new Partition[partitions];
        for (int i = 0; i < partitions; i++) {
            this.partitions[i] = new Partition();
        }
    }

    /** Takes the next record of a partition of {@code posts}. */
    public void add(int partition, long timestamp, byte[] value) {
        outcomes.merge(judge(partitions[partition], timestamp, value), 1, Integer::sum);
    }

    private String judge(Partition at, long timestamp, byte[] value) {
        PostsRecord record;
        try {
            record = PostCodec.decodeHead(value);
            if (record instanceof Post post && post.hashtags() == null) {
                record = PostCodec.decode(value);
            }
        } catch (MalformedRecordException e) {
            return "rejected";
        }
        if (record instanceof Retraction retraction) {
            return retraction.time() < 0 || retraction.time() > END_OF_9999 ? "rejected" : retract(at, retraction);
        }
        if (record.time() < 0 || record.time() > END_OF_9999 || record.time() > timestamp + HOUR) {
            return "rejected";
        }
        Long before = at.newest;
        if (record instanceof Post post) {
            if (tooLong(post.id(), 512)
                    || tooLong(post.source(), 64)
                    || tooLong(post.author().id(), 512)
                    || (post.lang() != null && post.lang().length() > 64)) {
                return "rejected";
            }
            at.newest = before == null ? post.time() : Math.max(before, post.time());
            return post(at, post, before);
        }
        at.newest = before == null ? record.time() : Math.max(before, record.time());
        return "marker";
    }

    private static boolean tooLong(String field, int max) {
        return field.isEmpty() || field.length() > max;
    }

    private String post(Partition at, Post post, Long before) {
        String id = post.source() + '\n' + post.id();
        Long last = at.seen.put(id, at.newest);
        if (last != null && before - last <= HOUR) {
            return "duplicate";
        }
        if (before != null && post.time() < before - lateness) {
            return "late";
        }
        String author = PostsTopic.key(post.source(), post.author().id());
        long hash = Hash64.author(post.source(), post.author().id());
        Counted counted = new Counted(post.time(), author, hash, tags(post));
        posts.add(counted);
        at.byPost.computeIfAbsent(id, k -> new ArrayList<>()).add(counted);
        at.byAuthor
                .computeIfAbsent(post.source() + '\n' + post.author().id(), k -> new ArrayList<>())
                .add(counted);
        return "counted";
    }

    private static Set<String> tags(Post post) {
        Set<String> tags = new LinkedHashSet<>();
        for (String written : post.hashtags() != null ? post.hashtags() : Hashtags.of(post.text())) {
            if (written != null && written.length() <= 280 && tags.size() < 100) {
                String tag = TagFold.fold(written);
                if (!tag.isEmpty() && tag.length() <= 140) {
                    tags.add(tag);
                }
            }
        }
        return tags;
    }

    private String retract(Partition at, Retraction retraction) {
        List<Counted> found = retraction.post() != null
                ? at.byPost.get(retraction.source() + '\n' + retraction.post())
                : at.byAuthor.get(retraction.source() + '\n' + retraction.author());
        if (found == null) {
            return "nothing retracted";
        }
        for (Counted post : found) {
            post.until = Math.min(post.until, at.newest - lateness);
        }
        return "retraction";
    }

    /** The end up to which all slides are final: the watermark of the slowest partition; null while one knows no time. */
    public Long closedTo() {
        long closed = Long.MAX_VALUE;
        for (Partition partition : partitions) {
            if (partition.newest == null) {
                return null;
            }
            closed = Math.min(closed, partition.newest - lateness);
        }
        return closed;
    }

    /** A tag in a slide. */
    public record Tally(long count, long authors) {}

    /**
     * A slide's content.
     *
     * @param strayed where an estimate is further from the truth than is stated, one line each
     */
    public record Slide(long end, long posts, Map<String, Tally> tags, List<String> strayed) {}

    /**
     * Every final slide of a window that holds a post, in order of its end.
     *
     * @param pane length of a pane, milliseconds
     */
    public Iterable<Slide> slides(Window window, long pane) {
        if (!sorted) {
            posts.sort(Comparator.comparingLong(post -> post.time));
            sorted = true;
        }
        Long closed = closedTo();
        List<Long> ends = new ArrayList<>();
        long next = Long.MIN_VALUE;
        for (Counted post : closed == null ? List.<Counted>of() : posts) {
            next = Math.max(next, window.endAfter(post.time));
            for (; next <= Math.min(post.time + window.size(), closed); next += window.slide()) {
                ends.add(next);
            }
        }
        return () -> ends.stream().map(end -> slide(window, end, pane)).iterator();
    }

    private Slide slide(Window window, long end, long pane) {
        Map<String, List<Counted>> uses = new HashMap<>();
        long total = 0;
        for (int i = firstFrom(end - window.size()); i < posts.size() && posts.get(i).time < end; i++) {
            Counted post = posts.get(i);
            total += end <= post.until ? 1 : 0;
            for (String tag : post.tags) {
                uses.computeIfAbsent(tag, k -> new ArrayList<>()).add(post);
            }
        }
        Map<String, Tally> tags = new HashMap<>();
        List<String> strayed = new ArrayList<>();
        uses.forEach((tag, all) -> {
            List<Counted> sampled = all;
            int level = 0;
            while (sampled.size() > exactUsesMax && uses(sampled, pane) > exactUsesMax) {
                level++;
                // Every second author of those before: whose hash begins with one zero more, its sign bit turned.
                long part = 1L << (Long.SIZE - level);
                sampled = sampled.stream()
                        .filter(post -> Long.compareUnsigned(post.authorHash - Long.MIN_VALUE, part) < 0)
                        .toList();
            }
            long count = all.stream().filter(post -> end <= post.until).count();
            long truth = authors(all, end);
            long estimate = level == 0 ? truth : authors(sampled, end) << level;
            if (Math.abs(estimate - truth) > ERRORS_MAX * Math.sqrt((double) truth * (1L << level)) + (1L << level)) {
                strayed.add("#" + tag + " has " + truth + " authors, and their estimate is " + estimate);
            }
            if (count > 0) {
                tags.put(tag, new Tally(count, estimate));
            }
        });
        return new Slide(end, total, tags, strayed);
    }

    /** Uses, retracted or not, where all by one author in one pane are one. */
    private static long uses(List<Counted> posts, long pane) {
        return posts.stream()
                .map(post -> post.author + '\n' + Math.floorDiv(post.time, pane))
                .distinct()
                .count();
    }

    private static long authors(List<Counted> posts, long end) {
        return posts.stream()
                .filter(post -> end <= post.until)
                .map(post -> post.author)
                .distinct()
                .count();
    }

    private int firstFrom(long time) {
        int low = 0;
        int high = posts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (posts.get(middle).time < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
