package freshet.ingest.pipeline;

import freshet.ingest.contract.Stream;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of an ingest.
 *
 * @param bootstrapServers where the log is, {@code host:port,…}
 * @param stream the stream to write into; time in the live stream is the wall clock's, in any other the recording's own
 * @param speed how fast a recording plays
 * @param allowedSkew how far ahead a post's time may be and still be believed, under an hour
 * @param lateness the allowed lateness of the stages after this one; the last time marker of a recording counts it in
 * @param clientSettings further settings of the Kafka clients, e.g. security
 */
public record IngestConfig(
        String bootstrapServers,
        Stream stream,
        Speed speed,
        Duration allowedSkew,
        Duration lateness,
        Map<String, String> clientSettings) {

    public static final Duration DEFAULT_ALLOWED_SKEW = Duration.ofMinutes(30);
    public static final Duration DEFAULT_LATENESS = Duration.ofSeconds(10);

    public IngestConfig {
        if (bootstrapServers == null || bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("ingest needs the address of a broker, e.g. localhost:9092");
        }
        if (allowedSkew.isNegative() || allowedSkew.compareTo(Duration.ofHours(1)) >= 0) {
            throw new IllegalArgumentException("the allowed skew is from 0 to under an hour, not " + allowedSkew);
        }
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("the allowed lateness is not negative: " + lateness);
        }
        clientSettings = Map.copyOf(clientSettings);
    }

    /** All else by default. */
    public static IngestConfig of(String bootstrapServers, Stream stream, Speed speed) {
        return new IngestConfig(bootstrapServers, stream, speed, DEFAULT_ALLOWED_SKEW, DEFAULT_LATENESS, Map.of());
    }

    /** The same for stages that allow posts to be this late. */
    public IngestConfig withLateness(Duration allowed) {
        return new IngestConfig(bootstrapServers, stream, speed, allowedSkew, allowed, clientSettings);
    }
}
