package freshet.trends.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** Writes and reads the JSON values of {@code trends}. Unknown fields are skipped, so that fields may be added. */
public final class RankingCodec {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(Ranking.class);
    private static final ObjectReader READER = MAPPER.readerFor(Ranking.class);

    private RankingCodec() {}

    public static byte[] encode(Ranking ranking) {
        try {
            return WRITER.writeValueAsBytes(ranking);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a ranking that is no JSON: " + ranking, e);
        }
    }

    /** @throws IOException when the bytes are no ranking, or lack what every ranking has */
    public static Ranking decode(byte[] value) throws IOException {
        if (value == null) {
            throw new IOException("no value");
        }
        Ranking ranking = READER.readValue(value);
        if (ranking == null) {
            throw new IOException("not a JSON object");
        }
        require(ranking.window(), "window");
        require(ranking.scope(), "scope");
        require(ranking.at(), "at");
        require(ranking.trends(), "trends");
        for (Ranking.Trend trend : ranking.trends()) {
            require(trend, "trends[]");
            require(trend.id(), "trends[].id");
            require(trend.tag(), "trends[].tag");
            require(trend.display(), "trends[].display");
            require(trend.state(), "trends[].state");
        }
        return ranking;
    }

    private static void require(Object value, String name) throws IOException {
        if (value == null) {
            throw new IOException("field " + name + " is missing");
        }
    }
}
