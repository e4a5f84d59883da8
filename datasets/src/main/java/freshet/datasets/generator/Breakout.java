package freshet.datasets.generator;

import com.carrotsearch.hppc.IntIntHashMap;
import freshet.datasets.truth.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A planted breakout: distinct accounts of one language that come to a tag in the course of a shape. */
final class Breakout extends Planting {

    /** How a breakout grows. */
    enum Shape {
        SUDDEN,
        SLOW,
        DOUBLE
    }

    private static final double MINUTE_MS = 60_000;
    private static final long TEN_MINUTES_MS = 600_000;
    private static final double REPOSTS = 0.45;
    private static final int ORIGINALS = 40;

    private final Language language;
    private final Accounts accounts;
    private final Shape shape;
    private final String tag;
    private final String companion;
    private final Phrases phrases;
    private final Dice dice;
    private final List<Status> originals = new ArrayList<>();

    private Breakout(
            Language language,
            Accounts accounts,
            Shape shape,
            String tag,
            String companion,
            List<Moment> moments,
            Dice dice) {
        super(times(moments), authors(moments));
        this.language = language;
        this.accounts = accounts;
        this.shape = shape;
        this.tag = tag;
        this.companion = companion;
        this.dice = dice;
        this.phrases = new Phrases(dice.fork("phrases"));
    }

    /**
     * @param companion a second tag of the same story, or null
     * @param until no post of it comes later
     * @param pace 1, or less where the recording is too short for its usual course
     * @param size distinct authors, at most
     */
    static Breakout plan(
            Language language,
            Accounts accounts,
            Shape shape,
            String tag,
            String companion,
            long onset,
            long until,
            double pace,
            int size,
            Dice dice) {
        double rise = dice.between(2, 6);
        double slowRise = dice.between(40, 80);
        double decay = dice.between(10, 20);
        double second = dice.between(35, 55);
        int offset = dice.below(1 << 20);
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double minutes = switch (shape) {
                case SUDDEN -> sudden(rise, decay, dice);
                case SLOW -> slow(slowRise, decay, dice);
                case DOUBLE -> sudden(rise, decay / 2, dice) + (dice.chance(0.45) ? 0 : second);
            };
            int author = accounts.distinct(language, offset, i);
            long time = onset + (long) (minutes * pace * MINUTE_MS);
            moments.add(new Moment(time, author));
            while (dice.chance(0.15)) {
                time += (long) (dice.exponential(6) * pace * MINUTE_MS) + 1_000;
                moments.add(new Moment(time, author));
            }
        }
        moments.removeIf(moment -> moment.time() >= until);
        return new Breakout(language, accounts, shape, tag, companion, sorted(moments), dice);
    }

    private static double sudden(double rise, double decay, Dice dice) {
        return dice.chance(0.3)
                ? rise * StrictMath.sqrt(dice.uniform())
                : rise + Math.min(5 * decay, dice.exponential(decay));
    }

    private static double slow(double rise, double decay, Dice dice) {
        return dice.chance(0.7)
                ? rise * StrictMath.pow(dice.uniform(), 0.4)
                : rise + Math.min(4 * decay, dice.exponential(decay));
    }

    @Override
    Status write(int moment, long id) {
        Account author = accounts.of(language, authors[moment]);
        if (originals.size() >= 3 && dice.chance(REPOSTS)) {
            Status original = originals.get(Math.min(dice.below(originals.size()), dice.below(originals.size())));
            if (original.author().id() != author.id()) {
                return new Status(
                        id, times[moment], author, language.lang(), original.text(), original.tags(), original, null);
            }
        }
        List<String> tags = new ArrayList<>(2);
        tags.add(variant());
        if (companion != null && dice.chance(0.35)) {
            tags.add(companion);
        }
        if (dice.chance(0.2)) {
            String topic = dice.pick(language.topics());
            if (!tags.contains(topic)) {
                tags.add(topic);
            }
        }
        Status status = new Status(
                id,
                times[moment],
                author,
                language.lang(),
                phrases.ofAnEvent(language, tags),
                List.copyOf(tags),
                null,
                null);
        if (originals.size() < ORIGINALS) {
            originals.add(status);
        }
        return status;
    }

    /** Most write a tag alike, some in lower case, few in capitals. */
    private String variant() {
        double choice = dice.uniform();
        return choice < 0.8 ? tag : choice < 0.95 ? tag.toLowerCase(Locale.ROOT) : tag.toUpperCase(Locale.ROOT);
    }

    Truth.Breakout truth() {
        int[] busy = authorsOfTenMinutes();
        int peak = 0;
        for (int i = 0; i < busy.length; i++) {
            if (busy[i] > busy[peak]) {
                peak = i;
            }
        }
        int end = times.length - 1;
        while (end > peak && busy[end] * 10 < busy[peak]) {
            end--;
        }
        return new Truth.Breakout(
                tag,
                companion == null ? List.of(tag) : List.of(tag, companion),
                language.lang(),
                shape.name().toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(first()),
                Instant.ofEpochMilli(times[peak]),
                Instant.ofEpochMilli(times[end]),
                (int) Arrays.stream(authors).distinct().count(),
                busy[peak],
                times.length);
    }

    /** Distinct authors in the ten minutes up to each moment. */
    private int[] authorsOfTenMinutes() {
        int[] distinct = new int[times.length];
        IntIntHashMap posts = new IntIntHashMap();
        int oldest = 0;
        for (int i = 0; i < times.length; i++) {
            posts.addTo(authors[i], 1);
            for (; times[oldest] <= times[i] - TEN_MINUTES_MS; oldest++) {
                if (posts.addTo(authors[oldest], -1) == 0) {
                    posts.remove(authors[oldest]);
                }
            }
            distinct[i] = posts.size();
        }
        return distinct;
    }
}
