package freshet.storage.feed;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Retraction;
import freshet.storage.history.HistoryWriter;
import freshet.storage.history.HistoryWriter.Stretch;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.RankingCodec;
import freshet.trends.contract.TrendsTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a feed reads and how it stores it. */
public enum FeedKind {
    /** Finals of {@code trends}. */
    RANKINGS(TrendsTopic.TRENDS) {
        @Override
        int store(Stretch stretch, List<ConsumerRecord<byte[], byte[]>> records, HistoryWriter writer) {
            List<Ranking> rankings = new ArrayList<>(records.size());
            int malformed = 0;
            for (ConsumerRecord<byte[], byte[]> next : records) {
                try {
                    rankings.add(RankingCodec.decode(next.value()));
                } catch (IOException | RuntimeException e) {
                    malformed++;
                    malformed(next, e);
                }
            }
            writer.rankings(stretch, rankings);
            return malformed;
        }
    },
    /** Retractions among {@code posts}. */
    RETRACTIONS(PostsTopic.POSTS) {
        @Override
        int store(Stretch stretch, List<ConsumerRecord<byte[], byte[]>> records, HistoryWriter writer) {
            List<Retraction> retractions = new ArrayList<>();
            int malformed = 0;
            for (ConsumerRecord<byte[], byte[]> next : records) {
                try {
                    if (mayRetract(next.value())
                            && PostCodec.decodeHead(next.value()) instanceof Retraction retraction) {
                        retractions.add(retraction);
                    }
                } catch (MalformedRecordException e) {
                    malformed++; // extract reports it; here it only is no retraction
                }
            }
            writer.retractions(stretch, retractions);
            return malformed;
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(FeedKind.class);
    private static final byte[] RETRACTS = "\"retracts\"".getBytes(StandardCharsets.US_ASCII);

    private final String base;

    FeedKind(String base) {
        this.base = base;
    }

    /** Base name of the topics. */
    public String base() {
        return base;
    }

    /** Stores the records of a stretch; returns how many could not be read. */
    abstract int store(Stretch stretch, List<ConsumerRecord<byte[], byte[]>> records, HistoryWriter writer);

    private static void malformed(ConsumerRecord<byte[], byte[]> record, Exception e) {
        LOG.warn(
                "{}-{}@{} is no ranking and left out: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                String.valueOf(e.getMessage()).lines().findFirst().orElse("?"));
    }

    /** Whether the field stands anywhere in the bytes: posts, nearly all, are then not parsed at all. */
    private static boolean mayRetract(byte[] value) {
        if (value == null) {
            return false;
        }
        outer:
        for (int i = 0; i <= value.length - RETRACTS.length; i++) {
            for (int j = 0; j < RETRACTS.length; j++) {
                if (value[i + j] != RETRACTS[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
