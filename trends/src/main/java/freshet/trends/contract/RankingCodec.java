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

    /** @throws IOException when the bytes are no ranking */
    public static Ranking decode(byte[] value) throws IOException {
        return READER.readValue(value);
    }
}
