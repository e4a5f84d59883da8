package freshet.datasets.evaluation;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.TimeMarker;
import freshet.ingest.format.Line;
import freshet.ingest.format.LineFormat;
import freshet.ingest.source.Lines;
import freshet.ingest.source.file.FileSource;
import freshet.ingest.text.Completion;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.count.PartitionCount;
import freshet.trends.extract.ExtractSettings;
import freshet.trends.extract.PartitionExtract;
import freshet.trends.rank.Ranker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;

/** Plays a recording through extract, count and rank within the calling thread; what lies between them is a list. */
final class Replay {

    private static final int LINES_PER_FLUSH = 2_000;
    private static final long MARKER_EVERY_MS = 5_000;
    private static final int KNOWN_AUTHORS = 200_000;

    private final EvaluationOptions options;
    private final Consumer<Ranking> finals;
    private final PartitionExtract[] extract;
    private final PartitionCount[] count;
    private final Ranker ranker;
    private final long[] nextOffset;
    private final LineFormat format = new LineFormat();
    private final Map<String, String> authorOfPost = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KNOWN_AUTHORS;
        }
    };
    private long candidatesOffset;
    private long clock = Long.MIN_VALUE;
    private long markedAt = Long.MIN_VALUE;
    private long firstTime = Long.MAX_VALUE;
    private long posts;
    private long unreadable;

    Replay(EvaluationOptions options, Consumer<Ranking> finals) {
        this.options = options;
        this.finals = finals;
        int partitions = options.partitions();
        ExtractSettings settings = new ExtractSettings(
                options.lateness(), options.count().windows().longest());
        extract = new PartitionExtract[partitions];
        count = new PartitionCount[partitions];
        nextOffset = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            extract[i] = new PartitionExtract(new Uuid(1, 1), i, partitions, partitions, settings);
            extract[i].begin(0);
            count[i] = new PartitionCount(options.count(), i, partitions);
        }
        ranker = new Ranker(options.rank());
    }

    void run(Evaluation.Progress progress) throws IOException, InterruptedException {
        try (Lines lines = new FileSource(options.recording().toString()).open(-1)) {
            for (long read = 1; lines.next(); read++) {
                take(lines);
                if (read % LINES_PER_FLUSH == 0) {
                    flush();
                    progress.read(lines.bytesRead(), lines.bytesTotal());
                }
            }
        }
        if (posts == 0) {
            throw new IOException(options.recording() + " has no post that can be read");
        }
        mark(clock + options.lateness() + options.count().windows().longest() + MARKER_EVERY_MS);
        flush();
    }

    private void take(Lines lines) {
        Line line = lines.fault() == null && lines.fullLength() == lines.length()
                ? format.read(lines.bytes(), lines.offset(), lines.length())
                : null;
        if (line instanceof Line.Item item) {
            put(item.record());
        } else if (!(line instanceof Line.Control)) {
            unreadable++;
        }
    }

    private void put(PostsRecord record) {
        if (record instanceof Post post) {
            posts++;
            firstTime = Math.min(firstTime, post.time());
            authorOfPost.put(post.source() + ":" + post.id(), post.author().id());
            append(post.source(), post.author().id(), Completion.of(post));
            advance(post.time());
        } else if (record instanceof Retraction retraction) {
            String author = retraction.author() != null
                    ? retraction.author()
                    : authorOfPost.get(retraction.source() + ":" + retraction.post());
            if (author != null) {
                long time = retraction.time() < 0 ? clock : Math.min(retraction.time(), clock);
                append(
                        retraction.source(),
                        author,
                        new Retraction(retraction.source(), retraction.post(), retraction.author(), time));
            }
        } else {
            advance(record.time());
        }
    }

    private void append(String source, String author, PostsRecord record) {
        byte[] key = PostsTopic.key(source, author).getBytes(StandardCharsets.UTF_8);
        append(PostsTopic.partition(key, extract.length), record);
    }

    private void append(int partition, PostsRecord record) {
        try {
            extract[partition].apply(nextOffset[partition]++, record.time(), PostCodec.encode(record));
        } catch (MalformedRecordException e) {
            unreadable++;
        }
        if (extract[partition].full()) {
            flush();
        }
    }

    private void advance(long time) {
        clock = Math.max(clock, time);
        if (markedAt == Long.MIN_VALUE || clock >= markedAt + MARKER_EVERY_MS) {
            mark(clock);
        }
    }

    private void mark(long time) {
        markedAt = time;
        for (int i = 0; i < extract.length; i++) {
            append(i, new TimeMarker(time));
        }
    }

    private void flush() {
        for (PartitionExtract partition : extract) {
            List<HashtagUses> batches = partition.flush();
            for (int target = 0; target < batches.size(); target++) {
                count[target].apply(batches.get(target));
            }
        }
        for (PartitionCount partition : count) {
            for (TrendCandidates candidates : partition.flush()) {
                ranker.apply(candidatesOffset++, candidates).forEach(finals);
            }
        }
    }

    long posts() {
        return posts;
    }

    long unreadable() {
        return unreadable;
    }

    /** Event time from the first post to the last. */
    long spanMs() {
        return clock - firstTime;
    }
}
