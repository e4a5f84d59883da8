package freshet.trends.contract;

import freshet.trends.contract.Ranking.PostRef;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Early;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.contract.TrendCandidates.Tally;
import freshet.trends.contract.TrendCandidates.Texts;
import freshet.trends.contract.TrendCandidates.Total;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Writes and reads the binary values of {@code trend-candidates}. Equal values have equal bytes. Thread-safe. */
public final class TrendCandidatesCodec {

    private static final byte VERSION = 3;
    /** Knows no bands, and no levels either. */
    private static final byte WITHOUT_BANDS = 1;
    /** Knows no levels: all authors were counted. */
    private static final byte WITHOUT_LEVELS = 2;

    private TrendCandidatesCodec() {}

    public static byte[] encode(TrendCandidates record) {
        Compact.Writer out = new Compact.Writer(1024);
        out.fixed8(VERSION);
        out.varint(record.partition());
        out.varint(record.partitions());
        out.varint(record.early() == null ? 0 : record.early().heard());
        out.varint(record.early() == null ? 0 : record.early().of());
        out.fixed64(record.from());
        out.fixed64(record.to());
        list(out, record.totals(), (o, total) -> {
            o.fixed64(total.at());
            o.signed(total.posts());
            o.fixed64(total.holdsFrom());
        });
        list(out, record.slides(), (o, slide) -> {
            o.string(slide.window());
            o.string(slide.scope());
            o.fixed64(slide.at());
            list(o, slide.candidates(), TrendCandidatesCodec::write);
        });
        return out.toBytes();
    }

    /** @throws IllegalArgumentException when the bytes are no such record; the message says why in one line */
    public static TrendCandidates decode(byte[] value) {
        try {
            return decode(new Compact.Reader(ByteBuffer.wrap(value)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "a trend-candidates record of " + value.length + " bytes is cut short", e);
        }
    }

    private static TrendCandidates decode(Compact.Reader in) {
        byte version = in.fixed8();
        if (version < WITHOUT_BANDS || version > VERSION) {
            throw new IllegalArgumentException(
                    "a trend-candidates record of version " + version + "; this release reads versions " + WITHOUT_BANDS
                            + " to " + VERSION + ": run all trends processes at one release");
        }
        return new TrendCandidates(
                in.size(),
                in.size(),
                early(in),
                in.fixed64(),
                in.fixed64(),
                list(in, i -> new Total(i.fixed64(), i.signed(), i.fixed64())),
                list(in, i -> new Slide(i.string(), i.string(), i.fixed64(), list(i, c -> candidate(c, version)))));
    }

    private static Early early(Compact.Reader in) {
        Early early = new Early(in.size(), in.size());
        return early.of() == 0 ? null : early;
    }

    private static void write(Compact.Writer out, Candidate candidate) {
        out.string(candidate.tag());
        out.string(candidate.display());
        out.varint(candidate.count());
        out.varint(candidate.authors());
        out.fixed64(Double.doubleToLongBits(candidate.expected()));
        out.fixed64(Double.doubleToLongBits(candidate.score()));
        out.fixed64(Double.doubleToLongBits(candidate.odds()));
        out.fixed8(candidate.warming() ? 1 : 0);
        list(out, candidate.spark(), (o, n) -> o.varint(n));
        list(out, candidate.first(), TrendCandidatesCodec::write);
        list(out, candidate.examples(), TrendCandidatesCodec::write);
        list(out, candidate.sample(), Compact.Writer::fixed64);
        list(out, candidate.pairs(), TrendCandidatesCodec::write);
        list(out, candidate.languages(), TrendCandidatesCodec::write);
        list(out, candidate.sources(), TrendCandidatesCodec::write);
        out.varint(candidate.texts().originals());
        out.varint(candidate.texts().distinct());
        out.varint(candidate.texts().commonest());
        out.varint(candidate.texts().commonestAuthors());
        write(out, candidate.band());
        write(out, candidate.sparkBand());
        out.varint(candidate.level());
        out.varint(candidate.looked());
    }

    private static Candidate candidate(Compact.Reader in, byte version) {
        String tag = in.string();
        String display = in.string();
        long count = in.varint();
        return new Candidate(
                tag,
                display,
                count,
                in.size(),
                Double.longBitsToDouble(in.fixed64()),
                Double.longBitsToDouble(in.fixed64()),
                Double.longBitsToDouble(in.fixed64()),
                in.fixed8() != 0,
                list(in, Compact.Reader::size),
                list(in, TrendCandidatesCodec::post),
                list(in, TrendCandidatesCodec::post),
                list(in, Compact.Reader::fixed64),
                list(in, TrendCandidatesCodec::tally),
                list(in, TrendCandidatesCodec::tally),
                list(in, TrendCandidatesCodec::tally),
                new Texts(in.size(), in.size(), in.size(), in.size()),
                version == WITHOUT_BANDS ? null : band(in),
                version == WITHOUT_BANDS ? null : band(in),
                version <= WITHOUT_LEVELS ? 0 : in.size(),
                version <= WITHOUT_LEVELS ? (int) Math.min(count, TrendCandidates.DETAILED_MAX) : in.size());
    }

    /** A high of 0 stands for no band: who appears at all is one. */
    private static void write(Compact.Writer out, Band band) {
        out.varint(band == null ? 0 : band.high());
        out.varint(band == null ? 0 : band.low());
    }

    private static Band band(Compact.Reader in) {
        long high = in.varint();
        long low = in.varint();
        return high == 0 ? null : new Band(low, high);
    }

    private static void write(Compact.Writer out, PostRef post) {
        out.string(post.id());
        out.fixed64(post.at().toEpochMilli());
        out.string(post.ref());
    }

    private static PostRef post(Compact.Reader in) {
        return new PostRef(in.string(), Instant.ofEpochMilli(in.fixed64()), in.string());
    }

    private static void write(Compact.Writer out, Tally tally) {
        out.string(tally.name());
        out.varint(tally.posts());
    }

    private static Tally tally(Compact.Reader in) {
        return new Tally(in.string(), in.size());
    }

    private static <T> void list(Compact.Writer out, List<T> items, BiConsumer<Compact.Writer, T> write) {
        out.varint(items.size());
        for (T item : items) {
            write.accept(out, item);
        }
    }

    private static <T> List<T> list(Compact.Reader in, Function<Compact.Reader, T> read) {
        int count = in.count();
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(read.apply(in));
        }
        return items;
    }
}
