package freshet.trends.contract;

import com.carrotsearch.hppc.ObjectIntHashMap;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * Writes and reads the binary values of {@code hashtag-uses}. Version byte, header, a table of the batch's strings (tags,
 * spellings, sources, languages and cells repeat), then the rows: variable-length integers, offsets and times as
 * differences to the row before. Thread-safe.
 */
public final class HashtagUsesCodec {

    private static final byte VERSION = 1;
    private static final int LATE = 1;
    private static final int TOTAL = 2;
    private static final int RETRACTION = 4;
    private static final int REPOST = 8;
    private static final int TEXT_HASH = 16;

    private HashtagUsesCodec() {}

    public static byte[] encode(HashtagUses batch) {
        Compact.Writer body = new Compact.Writer(64 + batch.rows().size() * 64);
        Table table = new Table();
        long at = batch.from();
        long time = 0;
        body.varint(batch.rows().size());
        for (Row row : batch.rows()) {
            int flags = (row.late() ? LATE : 0)
                    | (row.total() ? TOTAL : 0)
                    | (row.sign() < 0 ? RETRACTION : 0)
                    | (row.repostOf() != 0 ? REPOST : 0)
                    | (row.textHash() != 0 ? TEXT_HASH : 0);
            body.varint(flags);
            body.varint(row.at() - at);
            body.signed(row.time() - time);
            if (row.sign() < 0) {
                body.varint(row.at() - row.offset());
                body.fixed64(row.holdsFrom());
            }
            body.varint(table.index(row.source()));
            body.varint(table.index(row.lang()));
            body.varint(table.index(row.cell()));
            body.fixed64(row.author());
            if (row.textHash() != 0) {
                body.fixed64(row.textHash());
            }
            if (row.repostOf() != 0) {
                body.fixed64(row.repostOf());
            }
            body.string(row.postId());
            body.varint(row.uses().size());
            for (Use use : row.uses()) {
                body.varint(table.index(use.tag()));
                body.varint(table.index(use.spelling()));
            }
            body.varint(row.tags().size());
            for (String tag : row.tags()) {
                body.varint(table.index(tag));
            }
            at = row.at();
            time = row.time();
        }
        Compact.Writer out = new Compact.Writer(64 + table.strings.size() * 12 + body.size());
        out.fixed8(VERSION);
        out.fixed64(batch.sourceTopic().getMostSignificantBits());
        out.fixed64(batch.sourceTopic().getLeastSignificantBits());
        out.varint(batch.sourcePartition());
        out.varint(batch.sourcePartitions());
        out.varint(batch.begun());
        out.varint(batch.from() - batch.begun());
        out.varint(batch.to() - batch.from());
        out.fixed64(batch.watermark());
        out.varint(table.strings.size());
        table.strings.forEach(out::string);
        out.append(body);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException when the bytes are no such batch; the message says why in one line */
    public static HashtagUses decode(byte[] value) {
        try {
            return decode(new Compact.Reader(ByteBuffer.wrap(value)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a hashtag-uses record of " + value.length + " bytes is cut short", e);
        }
    }

    private static HashtagUses decode(Compact.Reader in) {
        byte version = in.fixed8();
        if (version != VERSION) {
            throw new IllegalArgumentException("a hashtag-uses record of version " + version
                    + "; this release reads version " + VERSION + ": run all trends processes at one release");
        }
        Uuid topic = new Uuid(in.fixed64(), in.fixed64());
        int partition = in.size();
        int partitions = in.size();
        long begun = in.varint();
        long from = begun + in.varint();
        long to = from + in.varint();
        long watermark = in.fixed64();
        String[] table = new String[in.count()];
        for (int i = 0; i < table.length; i++) {
            table[i] = in.string();
        }
        int count = in.count();
        List<Row> rows = new ArrayList<>(count);
        long at = from;
        long time = 0;
        for (int i = 0; i < count; i++) {
            int flags = in.size();
            at += in.varint();
            time += in.signed();
            boolean retraction = (flags & RETRACTION) != 0;
            long offset = retraction ? at - in.varint() : at;
            long holdsFrom = retraction ? in.fixed64() : HashtagUses.NO_WATERMARK;
            String source = table[in.size()];
            String lang = table[in.size()];
            String cell = table[in.size()];
            long author = in.fixed64();
            long textHash = (flags & TEXT_HASH) != 0 ? in.fixed64() : 0;
            long repostOf = (flags & REPOST) != 0 ? in.fixed64() : 0;
            String postId = in.string();
            rows.add(new Row(
                    at,
                    retraction ? -1 : 1,
                    holdsFrom,
                    offset,
                    time,
                    (flags & LATE) != 0,
                    (flags & TOTAL) != 0,
                    source,
                    lang,
                    cell,
                    author,
                    textHash,
                    repostOf,
                    postId,
                    uses(in, table),
                    tags(in, table)));
        }
        return new HashtagUses(topic, partition, partitions, begun, from, to, watermark, rows);
    }

    private static List<Use> uses(Compact.Reader in, String[] table) {
        Use[] uses = new Use[in.count()];
        for (int i = 0; i < uses.length; i++) {
            uses[i] = new Use(table[in.size()], table[in.size()]);
        }
        return List.of(uses);
    }

    private static List<String> tags(Compact.Reader in, String[] table) {
        String[] tags = new String[in.count()];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = table[in.size()];
        }
        return List.of(tags);
    }

    /** The batch's strings in order of first use. */
    private static final class Table {
        private final ObjectIntHashMap<String> indexes = new ObjectIntHashMap<>();
        private final List<String> strings = new ArrayList<>();

        int index(String s) {
            int slot = indexes.indexOf(s);
            if (indexes.indexExists(slot)) {
                return indexes.indexGet(slot);
            }
            indexes.indexInsert(slot, s, strings.size());
            strings.add(s);
            return strings.size() - 1;
        }
    }
}
