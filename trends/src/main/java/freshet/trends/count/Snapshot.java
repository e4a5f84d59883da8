package freshet.trends.count;

import com.carrotsearch.hppc.IntArrayList;
import freshet.trends.count.Retractions.Pending;
import freshet.trends.history.TagHistory;
import freshet.trends.time.Watermarks;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/**
 * The state of a {@link PartitionCount} as bytes: version and windows, source offsets and watermarks, tags by name, uses
 * by pane of the heavy ones, uses (log and open in one order), pending retractions, totals, then per window its last end, candidates and past. Counts are
 * not in it: they follow from the uses. Tags stand by name because their numbers depend on the order of arrival.
 */
final class Snapshot {

    private static final int VERSION = 2;

    /** What a use takes before its details. */
    private static final int USE_BYTES = 8 + 4 + 8 + 4 + 8 + 4;

    private final String settings;
    private final long paneSize;
    /** A use but its details: read at once, since there are hundreds of thousands and a restart waits for them. */
    private final ByteBuffer fixed = ByteBuffer.allocate(USE_BYTES);

    Snapshot(CountConfig config, int partition, int partitions) {
        settings = "windows " + config.windows().all() + ", max exact uses " + config.exactUsesMax() + ", max uses "
                + config.usesMax() + ", of partition " + partition + "/" + partitions;
        paneSize = config.windows().pane();
    }

    void write(PartitionCount count, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        string(out, settings);
        out.writeBoolean(count.sourceTopic != null);
        if (count.sourceTopic == null) {
            return;
        }
        out.writeLong(count.sourceTopic.getMostSignificantBits());
        out.writeLong(count.sourceTopic.getLeastSignificantBits());
        out.writeInt(count.applied.length);
        for (int source = 0; source < count.applied.length; source++) {
            out.writeLong(count.applied[source]);
            out.writeLong(count.watermarks.of(source));
        }
        out.writeLong(count.closedTo);
        out.writeLong(count.sealedTo);
        out.writeLong(count.lateUses);
        out.writeLong(count.unmatchedRetractions);
        out.writeLong(count.forgottenUses);
        int[] places = tags(count, out);
        heavyTags(count, out, places);
        uses(count, out, places);
        out.writeInt(count.retractions.size());
        List<Pending> pending = new ArrayList<>();
        count.retractions.forEach(pending::add);
        for (Pending one : pending) {
            out.writeLong(one.holdsFrom());
            out.writeLong(one.at());
            out.writeLong(one.time());
            out.writeInt(one.source());
            out.writeLong(one.offset());
            out.writeLong(one.author());
            out.writeInt(places[one.tag()]);
        }
        count.totals.write(out);
        for (WindowCount window : count.windows) {
            out.writeLong(window.lastEnd());
            tagSet(out, window.candidates(), places);
            tagSet(out, window.touched(), places);
            window.history().write(out);
        }
    }

    /** Writes the names in order. @return the place of each tag by its number */
    private static int[] tags(PartitionCount count, DataOutput out) throws IOException {
        TreeMap<String, Integer> numbers = new TreeMap<>();
        for (int tag = 0; tag < count.tags.end(); tag++) {
            if (count.tags.name(tag) != null) {
                numbers.put(count.tags.name(tag), tag);
            }
        }
        int[] places = new int[count.tags.end()];
        int place = 0;
        out.writeInt(numbers.size());
        for (var entry : numbers.entrySet()) {
            string(out, entry.getKey());
            places[entry.getValue()] = place++;
        }
        return places;
    }

    private static void heavyTags(PartitionCount count, DataOutput out, int[] places) throws IOException {
        TreeMap<Integer, HeavyTag> byPlace = new TreeMap<>();
        count.tags.heavyTags().forEach(heavy -> byPlace.put(places[heavy.tag()], heavy));
        out.writeInt(byPlace.size());
        for (var entry : byPlace.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeInt(entry.getValue().addedSinceThinned());
            out.writeLong(entry.getValue().uses().start());
            int[] uses = entry.getValue().uses().toArray();
            out.writeInt(uses.length);
            for (int pane : uses) {
                out.writeInt(pane);
            }
        }
    }

    private static void uses(PartitionCount count, DataOutput out, int[] places) throws IOException {
        UseLog log = count.log;
        out.writeInt((int) log.size());
        for (long row = log.start(); row < log.end(); row++) {
            if (!log.hole(row)) {
                int place = places[count.tags.tagOf(log.tag(row))];
                byte[] detail = log.packedDetail(row);
                out.writeInt(log.live(row));
                use(out, log.time(row), log.source(row), log.offset(row), place, log.author(row), detail);
            }
        }
        out.writeInt(count.open.size());
        IOException[] failed = new IOException[1];
        count.open.forEachBefore(Long.MAX_VALUE, (time, source, offset, tag, author, detail) -> {
            try {
                use(out, time, source, offset, places[tag], author, detail);
            } catch (IOException e) {
                failed[0] = e;
            }
        });
        if (failed[0] != null) {
            throw failed[0];
        }
    }

    private static void use(DataOutput out, long time, int source, long offset, int tag, long author, byte[] detail)
            throws IOException {
        out.writeLong(time);
        out.writeInt(source);
        out.writeLong(offset);
        out.writeInt(tag);
        out.writeLong(author);
        out.writeInt(detail.length);
        out.write(detail);
    }

    void read(PartitionCount count, DataInput in) throws IOException {
        try {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("it is of version " + version + ", and this release reads version " + VERSION);
            }
            String written = string(in);
            if (!written.equals(settings)) {
                throw new IOException("it holds " + written + ", and the settings say " + settings);
            }
            if (in.readBoolean()) {
                state(count, in);
            }
        } catch (EOFException e) {
            throw new IOException("it is cut short", e);
        } catch (RuntimeException e) {
            throw new IOException("it is damaged (" + e + ")", e);
        }
    }

    private void state(PartitionCount count, DataInput in) throws IOException {
        count.sourceTopic = new Uuid(in.readLong(), in.readLong());
        int sources = size(in);
        count.applied = new long[sources];
        count.watermarks = new Watermarks(sources);
        for (int source = 0; source < sources; source++) {
            count.applied[source] = in.readLong();
            count.watermarks.advance(source, in.readLong());
        }
        count.closedTo = in.readLong();
        count.sealedTo = in.readLong();
        count.lateUses = in.readLong();
        count.unmatchedRetractions = in.readLong();
        count.forgottenUses = in.readLong();
        Tags tags = new Tags(count.tags, in);
        int[] heavyTags = heavyTags(tags, in);
        int logged = size(in);
        for (int i = 0; i < logged; i++) {
            int live = size(in);
            use(
                    in,
                    tags,
                    (time, source, offset, tag, author, detail) ->
                            count.log.put(time, source, offset, tag, author, detail, live));
        }
        int open = size(in);
        for (int i = 0; i < open; i++) {
            use(in, tags, count.open::add);
        }
        int pending = size(in);
        for (int i = 0; i < pending; i++) {
            long holdsFrom = in.readLong();
            long at = in.readLong();
            long time = in.readLong();
            int source = in.readInt();
            long offset = in.readLong();
            long author = in.readLong();
            int place = in.readInt();
            count.retractions.add(
                    new Pending(holdsFrom, at, time, source, offset, author, tags.acquire(place), tags.names[place]));
        }
        for (int tag : heavyTags) {
            count.tags.release(tag);
        }
        count.totals.read(in);
        for (WindowCount window : count.windows) {
            long lastEnd = in.readLong();
            int[] candidates = tagSet(in, tags);
            int[] touched = tagSet(in, tags);
            TagHistory past = TagHistory.read(in, window.window().size(), window.historyTagsMax());
            window.restore(lastEnd, past, candidates, touched);
        }
    }

    /** The tags of a snapshot by their places; the name of one is looked up once, not for each of its uses. */
    private static final class Tags {
        private static final int UNKNOWN = -1;

        private final TagTable table;
        private final String[] names;
        private final int[] numbers;

        Tags(TagTable table, DataInput in) throws IOException {
            this.table = table;
            names = new String[size(in)];
            for (int i = 0; i < names.length; i++) {
                names[i] = string(in);
            }
            numbers = new int[names.length];
            Arrays.fill(numbers, UNKNOWN);
        }

        /** The number of a tag, with one reference more, which is kept at least until everything is read. */
        int acquire(int place) {
            if (numbers[place] == UNKNOWN) {
                numbers[place] = table.acquire(names[place]);
            } else {
                table.acquire(numbers[place]);
            }
            return numbers[place];
        }

        /** The number of a tag whose uses are read already. */
        int number(int place) throws IOException {
            if (numbers[place] == UNKNOWN) {
                throw new IOException("it is damaged (#" + names[place] + " has no use)");
            }
            return numbers[place];
        }
    }

    private void use(DataInput in, Tags tags, OpenUses.Consumer consumer) throws IOException {
        in.readFully(fixed.array());
        fixed.clear();
        long time = fixed.getLong();
        int source = fixed.getInt();
        long offset = fixed.getLong();
        int tag = tags.acquire(fixed.getInt());
        long author = fixed.getLong();
        byte[] detail = bytes(in, fixed.getInt());
        consumer.use(time, source, offset, tag, author, detail.length == 0 ? UseRows.NO_DETAIL : detail);
    }

    /** Each with a reference, so that it stays until its uses are read. */
    private int[] heavyTags(Tags tags, DataInput in) throws IOException {
        int[] numbers = new int[size(in)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = tags.acquire(in.readInt());
            HeavyTag heavy = tags.table.makeHeavy(numbers[i]);
            heavy.addedSinceThinned(size(in));
            long start = in.readLong();
            int panes = size(in);
            for (int j = 0; j < panes; j++) {
                heavy.uses().add(start + j * paneSize, size(in));
            }
        }
        return numbers;
    }

    private static void tagSet(DataOutput out, IntArrayList numbers, int[] places) throws IOException {
        TreeSet<Integer> sorted = new TreeSet<>();
        for (int i = 0; i < numbers.size(); i++) {
            sorted.add(places[numbers.get(i)]);
        }
        out.writeInt(sorted.size());
        for (int place : sorted) {
            out.writeInt(place);
        }
    }

    private static int[] tagSet(DataInput in, Tags tags) throws IOException {
        int[] numbers = new int[size(in)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = tags.number(in.readInt());
        }
        return numbers;
    }

    private static void string(DataOutput out, String s) throws IOException {
        byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String string(DataInput in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInput in) throws IOException {
        return bytes(in, in.readInt());
    }

    private static byte[] bytes(DataInput in, int length) throws IOException {
        if (length < 0 || length > 1 << 20) {
            throw new IOException("it is damaged (a text of " + length + " bytes)");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static int size(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            throw new IOException("it is damaged (a size of " + size + ")");
        }
        return size;
    }
}
