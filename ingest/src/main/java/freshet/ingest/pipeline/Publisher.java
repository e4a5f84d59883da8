package freshet.ingest.pipeline;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.ingest.contract.TimeMarker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Turns checked entries into records and appends those that the log lacks. What it would append is a function of the
 * entries and of the partition count; per partition it is a sequence, of which the log has a beginning, and the last
 * record there says how long that is.
 *
 * <p>A recording's time markers: after each post, every partition whose own clock is {@value #QUIET_MILLIS} ms or more
 * behind the recording's gets one, and each gets a last one at the end ({@link #endTime}).
 */
final class Publisher {

    static final long QUIET_MILLIS = 1000;
    private static final long MINUTE = 60_000;

    private final PostsLog log;
    private final String postsTopic;
    private final String rejectedTopic;
    private final Counts counts;
    private final boolean marksTime;
    private final Header source;
    private final String endPosition;

    private final long[] lastRank;
    private final long lastRejectedRank;
    private final long[] partitionClock;
    private long clock = Long.MIN_VALUE;

    private String origin;
    private byte[] originBytes;
    private Entry headersOf;
    private List<Header> headers;

    /**
     * @param sourceName the {@code source} header
     * @param resumes whether what the log has of this source counts
     * @param marksTime whether the stream's time is the recording's, so that it must mark it
     */
    Publisher(PostsLog log, Stream stream, String sourceName, boolean resumes, boolean marksTime, Counts counts)
            throws IOException {
        this.log = log;
        this.postsTopic = stream.topic(PostsTopic.POSTS);
        this.rejectedTopic = stream.topic(PostsTopic.REJECTED);
        this.counts = counts;
        this.marksTime = marksTime;
        this.source = header(PostsTopic.HEADER_SOURCE, sourceName);
        this.endPosition = sourceName.substring(sourceName.indexOf(':') + 1) + ":" + Positions.END;
        this.lastRank = new long[log.partitions()];
        this.partitionClock = new long[log.partitions()];
        Arrays.fill(partitionClock, Long.MIN_VALUE);
        for (int p = 0; p < lastRank.length; p++) {
            lastRank[p] = (resumes ? log.lastPost(p, sourceName) : PostsLog.Mark.NONE).rank();
        }
        this.lastRejectedRank = (resumes ? log.lastRejected(sourceName) : PostsLog.Mark.NONE).rank();
    }

    /** Whether the log has all of the source, its end included. */
    boolean isComplete() {
        return Arrays.stream(lastRank).allMatch(rank -> rank == PostsLog.Mark.rank(PostsLog.Mark.END, true));
    }

    /** The line up to which the log surely has everything, or -1. */
    long resumePoint() {
        return Math.max(-1, Arrays.stream(lastRank).min().orElse(-1) / 2 - 1);
    }

    /** Whether the log lacks a record of this line under this key. */
    boolean lacks(long ordinal, byte[] key) {
        return lastRank[PostsTopic.partition(key, lastRank.length)] < PostsLog.Mark.rank(ordinal, false);
    }

    /** The recording's own clock: the newest time that was believed; {@link Long#MIN_VALUE} before the first. */
    long clock() {
        return clock;
    }

    void post(Entry entry, Post post, byte[] key, byte[] value) throws InterruptedException {
        int partition = PostsTopic.partition(key, lastRank.length);
        append(entry, partition, key, value, post.time());
        counts.posts.increment();
        clock = Math.max(clock, post.time());
        partitionClock[partition] = Math.max(partitionClock[partition], post.time());
        if (marksTime) {
            markTime(entry, QUIET_MILLIS);
        }
    }

    /** A retraction takes back; it does not move any clock. */
    void retraction(Entry entry, PostsRecord retraction, byte[] key) throws InterruptedException {
        int partition = PostsTopic.partition(key, lastRank.length);
        append(entry, partition, key, PostCodec.encode(retraction), retraction.time());
        counts.retractions.increment();
    }

    /** A time that the source itself says. */
    void time(Entry entry) throws InterruptedException {
        clock = Math.max(clock, entry.time());
        markTime(entry, 1);
    }

    void reject(Entry entry) throws InterruptedException {
        counts.rejected.increment();
        if (PostsLog.Mark.rank(entry.ordinal, false) <= lastRejectedRank) {
            counts.alreadyThere.increment();
            return;
        }
        send(new ProducerRecord<>(
                rejectedTopic,
                0,
                null,
                null,
                entry.bytes(),
                List.of(
                        header(PostsTopic.HEADER_REASON, entry.reason()),
                        source,
                        header(PostsTopic.HEADER_POSITION, entry.position()),
                        header(PostsTopic.HEADER_LENGTH, Long.toString(entry.fullLength)))));
    }

    /** The recording's end: all of it is acknowledged before the first partition says so. */
    void end(long latenessMillis) throws IOException, InterruptedException {
        log.flush();
        if (marksTime && clock != Long.MIN_VALUE) {
            long time = endTime(clock, latenessMillis);
            byte[] value = PostCodec.encode(new TimeMarker(time));
            Header position = header(PostsTopic.HEADER_POSITION, endPosition);
            for (int p = 0; p < lastRank.length; p++) {
                if (lastRank[p] < PostsLog.Mark.rank(PostsLog.Mark.END, true)) {
                    send(new ProducerRecord<>(postsTopic, p, time, null, value, List.of(source, position)));
                    counts.markers.increment();
                }
            }
            log.flush();
        }
    }

    /**
     * The time of a recording's last markers: the first full minute after its last post, plus the allowed lateness. With
     * it every window that ends on a grid of a minute or finer and holds the last post has closed once; a long window
     * does not go on until it is empty, so that what the ranking shows last is the recording's end.
     */
    static long endTime(long lastPost, long latenessMillis) {
        return (lastPost / MINUTE + 1) * MINUTE + latenessMillis;
    }

    private void markTime(Entry entry, long quietMillis) throws InterruptedException {
        byte[] value = null;
        for (int p = 0; p < partitionClock.length; p++) {
            if (partitionClock[p] > clock - quietMillis) {
                continue;
            }
            partitionClock[p] = clock;
            if (PostsLog.Mark.rank(entry.ordinal, true) <= lastRank[p]) {
                continue;
            }
            if (value == null) {
                value = PostCodec.encode(new TimeMarker(clock));
            }
            send(new ProducerRecord<>(postsTopic, p, clock, null, value, headers(entry)));
            counts.markers.increment();
        }
    }

    private void append(Entry entry, int partition, byte[] key, byte[] value, long time) throws InterruptedException {
        if (PostsLog.Mark.rank(entry.ordinal, false) <= lastRank[partition]) {
            counts.alreadyThere.increment();
            return;
        }
        send(new ProducerRecord<>(postsTopic, partition, time, key, value, headers(entry)));
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        log.append(record);
        counts.appended.increment();
    }

    /** The same for all records of a line. */
    private List<Header> headers(Entry entry) {
        if (entry != headersOf) {
            headersOf = entry;
            headers = List.of(source, new RecordHeader(PostsTopic.HEADER_POSITION, position(entry)));
        }
        return headers;
    }

    /** As {@link Entry#position} but without the way through a string, once for each line. */
    private byte[] position(Entry entry) {
        if (!entry.origin.equals(origin)) {
            origin = entry.origin;
            originBytes = (origin + ":").getBytes(StandardCharsets.UTF_8);
        }
        byte[] ordinal = Long.toString(entry.ordinal).getBytes(StandardCharsets.ISO_8859_1);
        byte[] position = Arrays.copyOf(originBytes, originBytes.length + ordinal.length);
        System.arraycopy(ordinal, 0, position, originBytes.length, ordinal.length);
        return position;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
