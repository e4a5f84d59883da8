package freshet.trends.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

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

    /**
     * The beginning of a ranking, without its trends: in records as {@link #encode} writes them a hundredth of the work.
     *
     * @throws IOException when it lacks a field that tells which ranking it is
     */
    public static Ranking head(byte[] value) throws IOException {
        if (value == null) {
            throw new IOException("no value");
        }
        String window = null;
        String scope = null;
        Instant at = null;
        Boolean isFinal = null;
        try (JsonParser json = MAPPER.createParser(value)) {
            json.nextToken();
            while ((window == null || scope == null || at == null || isFinal == null)
                    && json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "window" -> window = json.getText();
                    case "scope" -> scope = json.getText();
                    case "at" -> at = Instant.parse(json.getText());
                    case "final" -> isFinal = json.getBooleanValue();
                    default -> json.skipChildren();
                }
            }
        } catch (DateTimeException e) {
            throw new IOException("field at is no time: " + e.getMessage(), e);
        }
        require(window, "window");
        require(scope, "scope");
        require(at, "at");
        require(isFinal, "final");
        return new Ranking(window, scope, at, isFinal, null, 0, List.of(), List.of());
    }

    private static void require(Object value, String name) throws IOException {
        if (value == null) {
            throw new IOException("field " + name + " is missing");
        }
    }
}
