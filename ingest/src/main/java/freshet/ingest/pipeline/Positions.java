package freshet.ingest.pipeline;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.TimeMarker;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads from a record how far its source had come. */
final class Positions {

    /** Stands in a position where a line's ordinal does, in the last markers of a recording. */
    static final String END = "end";

    private Positions() {}

    /** Where the record stands in that source, or null where it comes from another. */
    static PostsLog.Mark mark(ConsumerRecord<byte[], byte[]> record, String source) {
        return mark(record.headers(), record.value(), source);
    }

    static PostsLog.Mark mark(Headers headers, byte[] value, String source) {
        String position = text(headers.lastHeader(PostsTopic.HEADER_POSITION));
        if (position == null || !source.equals(text(headers.lastHeader(PostsTopic.HEADER_SOURCE)))) {
            return null;
        }
        String ordinal = position.substring(position.lastIndexOf(':') + 1);
        if (ordinal.equals(END)) {
            return new PostsLog.Mark(PostsLog.Mark.END, true);
        }
        try {
            return new PostsLog.Mark(Long.parseLong(ordinal), isMarker(value));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isMarker(byte[] value) {
        try {
            return PostCodec.decodeHead(value) instanceof TimeMarker;
        } catch (MalformedRecordException e) {
            return false;
        }
    }

    private static String text(Header header) {
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
