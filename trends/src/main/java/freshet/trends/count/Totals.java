package freshet.trends.count;

import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.TrendCandidates.Total;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** This partition's share of all posts by pane, and their retractions, until the stretch that brings them to a close. */
final class Totals {

    private final long paneSize;
    private final TreeMap<Long, Long> posts = new TreeMap<>();
    private final TreeMap<Long, TreeMap<Long, Long>> retractedByHold = new TreeMap<>();

    private long countedPane;
    private long counted;

    Totals(long paneSize) {
        this.paneSize = paneSize;
    }

    void add(long time) {
        long pane = pane(time);
        if (pane != countedPane) {
            settle();
            countedPane = pane;
        }
        counted++;
    }

    /** Posts come mostly in order: those of one pane are summed before they go into the map. */
    private void settle() {
        if (counted > 0) {
            posts.merge(countedPane, counted, Long::sum);
            counted = 0;
        }
    }

    void retract(long time, long holdsFrom) {
        retractedByHold.computeIfAbsent(holdsFrom, h -> new TreeMap<>()).merge(pane(time), 1L, Long::sum);
    }

    /** What a stretch up to {@code to} brings to a close: panes that end in it and retractions that begin to hold. */
    List<Total> take(long to) {
        settle();
        List<Total> taken = new ArrayList<>();
        while (!posts.isEmpty() && posts.firstKey() + paneSize <= to) {
            Map.Entry<Long, Long> pane = posts.pollFirstEntry();
            taken.add(new Total(pane.getKey(), pane.getValue(), HashtagUses.NO_WATERMARK));
        }
        while (!retractedByHold.isEmpty() && retractedByHold.firstKey() < to) {
            Map.Entry<Long, TreeMap<Long, Long>> hold = retractedByHold.pollFirstEntry();
            hold.getValue().forEach((pane, count) -> taken.add(new Total(pane, -count, hold.getKey())));
        }
        return taken;
    }

    /** What has been seen of panes that are not closed yet. */
    List<Total> open() {
        settle();
        List<Total> seen = new ArrayList<>();
        posts.forEach((pane, count) -> seen.add(new Total(pane, count, HashtagUses.NO_WATERMARK)));
        return seen;
    }

    private long pane(long time) {
        return Math.floorDiv(time, paneSize) * paneSize;
    }

    void write(DataOutput out) throws IOException {
        settle();
        write(out, posts);
        out.writeInt(retractedByHold.size());
        for (Map.Entry<Long, TreeMap<Long, Long>> hold : retractedByHold.entrySet()) {
            out.writeLong(hold.getKey());
            write(out, hold.getValue());
        }
    }

    void read(DataInput in) throws IOException {
        read(in, posts);
        int holds = in.readInt();
        for (int i = 0; i < holds; i++) {
            TreeMap<Long, Long> panes = new TreeMap<>();
            retractedByHold.put(in.readLong(), panes);
            read(in, panes);
        }
    }

    private static void write(DataOutput out, Map<Long, Long> panes) throws IOException {
        out.writeInt(panes.size());
        for (Map.Entry<Long, Long> pane : panes.entrySet()) {
            out.writeLong(pane.getKey());
            out.writeLong(pane.getValue());
        }
    }

    private static void read(DataInput in, Map<Long, Long> panes) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            panes.put(in.readLong(), in.readLong());
        }
    }
}
