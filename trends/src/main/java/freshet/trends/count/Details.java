package freshet.trends.count;

import com.carrotsearch.hppc.LongHashSet;
import freshet.trends.contract.Ranking.PostRef;
import freshet.trends.contract.TrendCandidates.Tally;
import freshet.trends.contract.TrendCandidates.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tallies over the details of a candidate's rows, which come oldest first. Ties go to what sorts first. */
final class Details {

    private static final int EXAMPLES = 3;
    private static final int PAIRS = 10;
    private static final int TOP = 3;

    private static final Comparator<Ranked> MOST_REPEATED_ORIGINALS_FIRST = Comparator.comparing(
                    (Ranked ranked) -> ranked.entry().detail().repostOf() != 0)
            .thenComparing(Comparator.comparingInt(Ranked::repeats).reversed())
            .thenComparingLong(ranked -> ranked.entry().row());

    private final UseLog log;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> spellings = new HashMap<>();
    private final Map<String, Integer> otherTags = new HashMap<>();
    private final Map<String, Integer> langs = new HashMap<>();
    private final Map<String, Integer> media = new HashMap<>();
    private final Map<Long, Integer> repeats = new HashMap<>();
    private final Map<Long, Integer> textUses = new HashMap<>();

    Details(UseLog log) {
        this.log = log;
    }

    void add(long row) {
        UseDetail detail = log.detail(row);
        entries.add(new Entry(row, log.author(row), detail));
        spellings.merge(detail.spelling(), 1, Integer::sum);
        detail.otherTags().forEach(tag -> otherTags.merge(tag, 1, Integer::sum));
        media.merge(detail.medium(), 1, Integer::sum);
        if (!detail.lang().isEmpty()) {
            langs.merge(detail.lang(), 1, Integer::sum);
        }
        if (detail.repostOf() != 0) {
            repeats.merge(detail.repostOf(), 1, Integer::sum);
        } else if (detail.textHash() != 0) {
            textUses.merge(detail.textHash(), 1, Integer::sum);
        }
    }

    /** Of how many posts. */
    int size() {
        return entries.size();
    }

    String display(String tag) {
        return spellings.isEmpty() ? tag : top(spellings, 1).get(0).name();
    }

    List<Tally> pairs() {
        return top(otherTags, PAIRS);
    }

    List<Tally> languages() {
        return top(langs, TOP);
    }

    List<Tally> sources() {
        return top(media, TOP);
    }

    /**
     * Posts that stand for the tag: the most repeated ones first, then the oldest; authors and texts all differ, and a
     * repost stands only for a post that isn't there itself.
     */
    List<PostRef> examples() {
        List<Ranked> order = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            order.add(new Ranked(entry, repeats.getOrDefault(entry.detail().original(), 0)));
        }
        order.sort(MOST_REPEATED_ORIGINALS_FIRST);
        LongHashSet authors = new LongHashSet();
        LongHashSet posts = new LongHashSet();
        Set<Long> texts = new HashSet<>();
        List<PostRef> examples = new ArrayList<>(EXAMPLES);
        for (Ranked ranked : order) {
            if (examples.size() == EXAMPLES) {
                break;
            }
            Entry entry = ranked.entry();
            long post = entry.detail().original();
            long text = entry.detail().textHash();
            if (!posts.contains(post) && !authors.contains(entry.author()) && (text == 0 || !texts.contains(text))) {
                posts.add(post);
                authors.add(entry.author());
                texts.add(text);
                examples.add(ref(log, entry.row()));
            }
        }
        return examples;
    }

    Texts texts() {
        int originals = 0;
        int commonest = 0;
        long commonestText = 0;
        for (Map.Entry<Long, Integer> text : textUses.entrySet()) {
            originals += text.getValue();
            if (text.getValue() > commonest || (text.getValue() == commonest && text.getKey() < commonestText)) {
                commonest = text.getValue();
                commonestText = text.getKey();
            }
        }
        LongHashSet authors = new LongHashSet();
        for (Entry entry : entries) {
            if (entry.detail().repostOf() == 0 && entry.detail().textHash() == commonestText && commonestText != 0) {
                authors.add(entry.author());
            }
        }
        return new Texts(originals, textUses.size(), commonest, authors.size());
    }

    private static List<Tally> top(Map<String, Integer> counts, int most) {
        List<Tally> tallies = new ArrayList<>(counts.size());
        counts.forEach((name, posts) -> tallies.add(new Tally(name, posts)));
        tallies.sort(Comparator.comparingInt(Tally::posts).reversed().thenComparing(Tally::name));
        return tallies.size() > most ? new ArrayList<>(tallies.subList(0, most)) : tallies;
    }

    static PostRef ref(UseLog log, long row) {
        return new PostRef(
                log.detail(row).postId(), Instant.ofEpochMilli(log.time(row)), log.source(row) + "@" + log.offset(row));
    }

    private record Entry(long row, long author, UseDetail detail) {}

    private record Ranked(Entry entry, int repeats) {}
}
