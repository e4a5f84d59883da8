package freshet.trends.history;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The stream as a whole: how long it has been watched (exposure, in windows), how much it usually has to say, and what
 * tags that appear for the first time look like.
 *
 * <p>The exposure of a window is a root of its activity (authors summed over tags) against the usual one, shrunk towards
 * one as a Gamma-Poisson rate: a window with nothing in it is nothing unusual in a sparse stream and a gap in a busy one.
 */
final class StreamPace {

    /** After how many half-lives weights are brought back; a power of two, so that floats stay exact. */
    static final int REBASE_HALF_LIVES = 32;

    private static final long DAY_MS = 86_400_000;
    private static final long LEAST_BLOCK_MS = 900_000;
    private static final long NONE = Long.MIN_VALUE;

    /** How sure one is beforehand that a window is like the others, in units of {@link #ACTIVITY_NOISE} authors. */
    private static final double STEADINESS = 4;

    private static final double ACTIVITY_NOISE = 2;
    /** However long nothing comes, not all is forgotten for it. */
    private static final double GAP_HALF_LIVES_MAX = 2;

    private static final double LEAST_PACE = 1.0 / 64;
    private static final double GREATEST_PACE = 16;

    /** Above this a first sight counts no more, so that trends and spam do not pass for what is common. */
    private static final int CLUSTER_CAP = 8;

    /** However tidy a stream is: friends and reposts bring authors in clusters, whose tail is heavier than their bulk. */
    private static final double LEAST_COMMON_SCALE = 0.15;

    private static final double CLUSTER_PRIOR_TAGS = 20;
    private static final double CLUSTER_PRIOR_SCALE = 0.25;

    private final long windowMs;
    private final long blockMs;
    private final double halfLife;

    private long lastEnd = NONE;
    private int block = Integer.MIN_VALUE;
    private double watched;
    private double halfLives;
    private double weight = 1;
    private double settled;
    private double previous;
    private double current;
    private double activitySum;
    private double activityWeight;
    private double clusters;
    private double clusterExcess;

    StreamPace(long windowMs) {
        this.windowMs = windowMs;
        this.blockMs = windowMs * Math.max(3, (LEAST_BLOCK_MS + windowMs - 1) / windowMs);
        this.halfLife = Math.max(48, (double) DAY_MS / windowMs);
    }

    long lastEnd() {
        return lastEnd;
    }

    int block(long end) {
        return (int) Math.floorDiv(end - 1, blockMs);
    }

    /** Weight of a sample of now; past sums divided by it are discounted sums. */
    double weight() {
        return weight;
    }

    /**
     * Moves to the end of a window.
     *
     * @return whether weights have been brought back by 2^{@link #REBASE_HALF_LIVES}
     */
    boolean advance(long windowEnd, long activity) {
        if (activityWeight != 0) {
            long skipped = (windowEnd - lastEnd) / windowMs - 1;
            if (skipped > 0) {
                double exposure = Math.min(GAP_HALF_LIVES_MAX * halfLife, skipped * shrunk(0, skipped));
                expose(exposure, block(windowEnd - windowMs), 0);
            }
        }
        expose(shrunk(activity, 1), block(windowEnd), activity);
        lastEnd = windowEnd;
        if (halfLives < REBASE_HALF_LIVES) {
            return false;
        }
        rebase();
        return true;
    }

    private void expose(double exposure, int inBlock, long activity) {
        watched += exposure;
        halfLives += exposure / halfLife;
        weight = StrictMath.pow(2, halfLives);
        roll(inBlock);
        current += exposure * weight;
        activitySum += exposure * weight * activity;
        activityWeight += exposure * weight;
    }

    private void roll(int toBlock) {
        if (toBlock == block) {
            return;
        }
        settled += previous;
        previous = current;
        current = 0;
        if (toBlock > block + 1) {
            settled += previous;
            previous = 0;
        }
        block = toBlock;
    }

    private void rebase() {
        double back = 1.0 / (1L << REBASE_HALF_LIVES);
        halfLives -= REBASE_HALF_LIVES;
        weight *= back;
        settled *= back;
        previous *= back;
        current *= back;
        activitySum *= back;
        activityWeight *= back;
        clusters *= back;
        clusterExcess *= back;
    }

    /** Whether a window has been learned from; the stream may have begun in the midst of the first one. */
    boolean begun() {
        return lastEnd != NONE;
    }

    /** Passes over the first window. */
    void begin(long windowEnd) {
        lastEnd = windowEnd;
        block = block(windowEnd);
    }

    /** Exposure per window of a run of windows with this activity in all. */
    private double shrunk(long activity, long windows) {
        if (activityWeight == 0) {
            return 1;
        }
        double usual = activitySum / activityWeight;
        double ratio = (STEADINESS * ACTIVITY_NOISE + activity) / (STEADINESS * ACTIVITY_NOISE + usual * windows);
        return Math.max(LEAST_PACE, Math.min(GREATEST_PACE, StrictMath.sqrt(ratio)));
    }

    double pace(long activity) {
        return shrunk(activity, 1);
    }

    /** Which part of a first day has been watched, up to 1: before, the time of day at which a tag is usual is unknown. */
    double partOfDay() {
        return Math.min(1, watched * windowMs / DAY_MS);
    }

    /** Exposure of blocks up to the last but one before {@code now}. */
    double settledExposure(int now) {
        double sum = settled;
        if (now > block) {
            sum += previous;
        }
        if (now > block + 1) {
            sum += current;
        }
        return sum / weight;
    }

    /** Exposure of the block before {@code now}. */
    double recentExposure(int now) {
        return (now == block ? previous : now == block + 1 ? current : 0) / weight;
    }

    /** Most tags are seen once; how steeply those fall off that come with company is what says how far it may go. */
    void firstSeen(int authors) {
        if (authors >= 2) {
            clusters += weight;
            clusterExcess += weight * (Math.min(authors, CLUSTER_CAP) - 2);
        }
    }

    double commonScale() {
        double excess = clusterExcess / weight + CLUSTER_PRIOR_TAGS * CLUSTER_PRIOR_SCALE;
        return Math.max(LEAST_COMMON_SCALE, excess / (clusters / weight + CLUSTER_PRIOR_TAGS));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(lastEnd);
        out.writeInt(block);
        for (double value : new double[] {
            watched, halfLives, weight, settled, previous, current, activitySum, activityWeight, clusters, clusterExcess
        }) {
            out.writeDouble(value);
        }
    }

    void read(DataInput in) throws IOException {
        lastEnd = in.readLong();
        block = in.readInt();
        watched = in.readDouble();
        halfLives = in.readDouble();
        weight = in.readDouble();
        settled = in.readDouble();
        previous = in.readDouble();
        current = in.readDouble();
        activitySum = in.readDouble();
        activityWeight = in.readDouble();
        clusters = in.readDouble();
        clusterExcess = in.readDouble();
    }
}
