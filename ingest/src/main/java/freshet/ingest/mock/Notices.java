package freshet.ingest.mock;

import java.nio.charset.StandardCharsets;

/** The stream's messages about itself. */
final class Notices {

    /** Codes of {@code disconnect}, as Twitter documented them. */
    static final int SHUTDOWN = 1;

    static final int STALL = 4;
    static final int ALL_DELIVERED = 9;

    private Notices() {}

    static byte[] disconnect(int code, String stream, String reason) {
        return bytes("{\"disconnect\":{\"code\":" + code + ",\"stream_name\":\"" + stream + "\",\"reason\":\"" + reason
                + "\"}}");
    }

    /** @param undelivered statuses that matched and were not sent, since the connection was made */
    static byte[] limit(long undelivered, long timestampMillis) {
        return bytes("{\"limit\":{\"track\":" + undelivered + ",\"timestamp_ms\":\"" + timestampMillis + "\"}}");
    }

    static byte[] fallingBehind(int percentFull) {
        return bytes("{\"warning\":{\"code\":\"FALLING_BEHIND\",\"message\":\"Your connection is falling behind and "
                + "messages are being queued for delivery to you. Your queue is now over " + percentFull
                + "% full. You will be disconnected when the queue is full.\",\"percent_full\":" + percentFull + "}}");
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
