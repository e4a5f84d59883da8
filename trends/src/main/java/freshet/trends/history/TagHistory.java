package freshet.trends.history;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The past of all tags of one target partition for one window size: a discounted Gamma-Poisson model per tag (West and
 * Harrison, <i>Bayesian Forecasting and Dynamic Models</i>, 1997, ch. 10) with a common prior.
 *
 * <p>Memory: at most {@code maxTags} tags at {@value TagTable#BYTES_PER_TAG} bytes and a hash entry of 12 to 24. When
 * they are full, the quarter with the least discounted sum of squares is forgotten at the end of a window. A forgotten tag
 * is judged as one never seen: its expected authors are too low by at most {@link #forgottenMean()}.
 */
public final class TagHistory {

    private static final byte VERSION = 1;

    /** Prior of a tag's rate: as if it had been seen this often … */
    static final double PRIOR_AUTHORS = 0.2;
    /** … in this many windows. */
    static final double PRIOR_WINDOWS = 0.25;
    /** How bursty a tag is before it has shown it: the variance of its rate in squares of its mean … */
    static final double PRIOR_DISPERSION = 0.5;
    /** … believed as much as this many (squared) authors of its own. */
    static final double PRIOR_DISPERSION_WEIGHT = 100;

    private static final double LEAST_DISPERSION = 0.05;
    /** What a daily rhythm adds to it, as long as no whole day has been seen: levels that go up and down by half. */
    private static final double UNKNOWN_RHYTHM = 0.25;

    private static final double WARM_WINDOWS = 6;
    /** With less than this to go by, the block before counts too, although a burst may then explain itself. */
    private static final double SETTLED_WINDOWS = 1;

    private final long windowMs;
    private final TagTable tags;
    private final StreamPace pace;

    /**
     * @param windowMs size of the window
     * @param maxTags how many tags to remember at most
     */
    public TagHistory(long windowMs, int maxTags) {
        if (windowMs <= 0 || maxTags < 16) {
            throw new IllegalArgumentException(
                    "a history needs a window above 0 ms and room for 16 tags, not " + windowMs + " and " + maxTags);
        }
        this.windowMs = windowMs;
        this.tags = new TagTable(maxTags);
        this.pace = new StreamPace(windowMs);
    }

    /**
     * Learns from a tumbling window that has just ended, after the slide with the same end was scored. Windows without a
     * single use of a tag need no call. The very first one teaches nothing, since it need not be whole.
     *
     * @param windowEnd end of the window, a multiple of its size, later than at the call before
     * @param tag hashes of the tags used in it, ascending
     * @param authors distinct authors of each
     * @param count how many of the entries of both arrays count
     */
    public void close(long windowEnd, long[] tag, int[] authors, int count) {
        if (Math.floorMod(windowEnd, windowMs) != 0 || windowEnd <= pace.lastEnd()) {
            throw new IllegalArgumentException("a window of " + windowMs + " ms that ends at " + windowEnd
                    + " does not follow one that ended at " + pace.lastEnd());
        }
        if (count == 0) {
            return;
        }
        if (!pace.begun()) {
            pace.begin(windowEnd);
            return;
        }
        long activity = 0;
        for (int i = 0; i < count; i++) {
            activity += authors[i];
        }
        if (pace.advance(windowEnd, activity)) {
            tags.halveWeights(StreamPace.REBASE_HALF_LIVES);
        }
        float weight = (float) pace.weight();
        int block = pace.block(windowEnd);
        for (int i = 0; i < count; i++) {
            boolean known = tags.add(tag[i], authors[i], block, weight);
            if (!known) {
                pace.firstSeen(authors[i]);
            }
        }
        tags.evict();
    }

    /** What to expect of a tag in the window that ends at {@code end}, at the stream's usual pace. */
    public Past past(long tag, long end) {
        int block = pace.block(end);
        double exposure = pace.settledExposure(block);
        boolean warming = exposure < WARM_WINDOWS;
        boolean young = exposure < SETTLED_WINDOWS;
        if (young) {
            exposure += pace.recentExposure(block);
        }
        int slot = tags.slot(tag);
        double sum = 0;
        double squares = 0;
        if (slot >= 0) {
            double unit = 1 / pace.weight();
            sum = tags.sum(slot, block, young) * unit;
            squares = tags.squares(slot, block, young) * unit;
        }
        double mean = (sum + PRIOR_AUTHORS) / (exposure + PRIOR_WINDOWS);
        double pairs = Math.max(0, squares - sum);
        double dispersion = (pairs * exposure + PRIOR_DISPERSION_WEIGHT * (1 + PRIOR_DISPERSION))
                        / (sum * sum + PRIOR_DISPERSION_WEIGHT)
                - 1;
        double least = LEAST_DISPERSION + UNKNOWN_RHYTHM * (1 - pace.partOfDay());
        double scale = mean * (1 / (sum + PRIOR_AUTHORS) + Math.max(least, dispersion));
        return new Past(mean, scale, pace.commonScale(), exposure, warming);
    }

    /**
     * How many times its usual pace the stream has, at the sight of one window: what all its tags' authors sum to. Between
     * the two lies a root, since tags follow the stream only in part.
     */
    public double pace(long activity) {
        return pace.pace(activity);
    }

    /** The most that expected authors of a forgotten tag can be too low by. */
    public double forgottenMean() {
        return tags.greatestForgotten() / pace.weight() / (pace.settledExposure(Integer.MAX_VALUE) + PRIOR_WINDOWS);
    }

    /** How many tags are remembered. */
    public int size() {
        return tags.size();
    }

    /** Writes all state; equal states give equal bytes. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(windowMs);
        pace.write(out);
        tags.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when it is another version, of another window, or damaged
     */
    public static TagHistory read(DataInput in, long windowMs, int maxTags) throws IOException {
        byte version = in.readByte();
        long window = in.readLong();
        if (version != VERSION || window != windowMs) {
            throw new IOException("a tag history of version " + version + " for windows of " + window
                    + " ms, expected version " + VERSION + " for " + windowMs + " ms");
        }
        TagHistory history = new TagHistory(windowMs, maxTags);
        history.pace.read(in);
        history.tags.read(in);
        return history;
    }
}
