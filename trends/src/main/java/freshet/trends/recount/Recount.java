package freshet.trends.recount;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Retraction;
import freshet.ingest.text.Hashtags;
import freshet.ingest.text.TagFold;
import freshet.trends.time.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the posts say by the definitions: who counts, and what every slide holds. */
public final class Recount {

    private static final long HOUR = 3_600_000;
    private static final long END_OF_9999 = 253_402_300_799_999L;

    private final long lateness;
    private final Partition[] partitions;
    private final List<Counted> posts = new ArrayList<>();
    private boolean sorted;

    /** A post that counts in the slides that hold its time, and end at {@code until} or before. */
    private static final class Counted {
        final long time;
        final String author;
        final Set<String> tags;
        long until = Long.MAX_VALUE;

        Counted(long time, String author, Set<String> tags) {
            this.time = time;
            this.author = author;
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
        this.lateness = lateness;
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
        Counted counted = new Counted(post.time(), author, tags(post));
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

    /** A slide's content. */
    public record Slide(long end, long posts, Map<String, Tally> tags) {}

    /** Every final slide of a window that holds a post, in order of its end. */
    public Iterable<Slide> slides(Window window) {
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
        return () -> ends.stream().map(end -> slide(window, end)).iterator();
    }

    private Slide slide(Window window, long end) {
        Map<String, long[]> counts = new HashMap<>();
        Map<String, Set<String>> authors = new HashMap<>();
        long total = 0;
        for (int i = firstFrom(end - window.size()); i < posts.size() && posts.get(i).time < end; i++) {
            Counted post = posts.get(i);
            if (end <= post.until) {
                total++;
                for (String tag : post.tags) {
                    counts.computeIfAbsent(tag, k -> new long[1])[0]++;
                    authors.computeIfAbsent(tag, k -> new HashSet<>()).add(post.author);
                }
            }
        }
        Map<String, Tally> tags = new HashMap<>();
        counts.forEach((tag, count) ->
                tags.put(tag, new Tally(count[0], authors.get(tag).size())));
        return new Slide(end, total, tags);
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
