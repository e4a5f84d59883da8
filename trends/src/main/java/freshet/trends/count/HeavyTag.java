package freshet.trends.count;

import freshet.trends.contract.Hash64;
import java.util.Arrays;

/**
 * A tag that has more uses than are all kept. Its rows are parted into lanes, one for each {@link Hash64#level} of
 * authors: to the log and the windows a lane is a tag of its own, so that they count the authors of each level for
 * themselves. How many uses there are, kept or not, stands by pane.
 */
final class HeavyTag {

    static final int NO_LANE = -1;

    private final int tag;
    private final PaneCounts uses;
    private final int[] lanes = new int[Hash64.LEVEL_MAX + 1];
    private int addedSinceThinned;

    HeavyTag(int tag, long paneSize) {
        this.tag = tag;
        uses = new PaneCounts(paneSize);
        Arrays.fill(lanes, NO_LANE);
    }

    int tag() {
        return tag;
    }

    /** Its uses that are not retracted. */
    PaneCounts uses() {
        return uses;
    }

    /** The number of the lane of a level, or {@link #NO_LANE}. */
    int lane(int level) {
        return lanes[level];
    }

    void lane(int level, int number) {
        lanes[level] = number;
    }

    /** Rows since its rows were last looked through for some to drop. */
    int addedSinceThinned() {
        return addedSinceThinned;
    }

    void addedSinceThinned(int rows) {
        addedSinceThinned = rows;
    }
}
