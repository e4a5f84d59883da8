package freshet.trends.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.trends.contract.Ranking.Trend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingCodecTest {

    private static final String OF_OLD = "{\"window\":\"10m\",\"scope\":\"all\",\"at\":\"2026-11-24T14:30:00Z\","
            + "\"final\":true,\"partitions\":\"6/6\",\"posts\":9,\"trends\":[{\"rank\":1,\"id\":\"00\",\"tag\":\"a\","
            + "\"tags\":[\"a\"],\"display\":\"A\",\"state\":\"rising\",\"count\":9,\"authors\":8,\"expected\":0.5,"
            + "\"score\":8.0,\"odds\":1.0E-8,\"since\":\"2026-11-24T14:29:00Z\",\"warming\":false,\"spark\":[1],"
            + "\"reason\":\"r\",\"first\":[],\"examples\":[],\"related\":[]}],\"kept_out\":[]}";

    @Test
    void readsAndRepeatsRecordsFromBeforeThereWereBandsAndLanguages() throws IOException {
        Ranking ranking = RankingCodec.decode(OF_OLD.getBytes(StandardCharsets.UTF_8));

        Trend trend = ranking.trends().get(0);
        assertThat(trend.band()).isNull();
        assertThat(trend.languages()).isNull();
        assertThat(new String(RankingCodec.encode(ranking), StandardCharsets.UTF_8))
                .as("nothing is made up")
                .isEqualTo(OF_OLD);
    }

    @Test
    void passesOverFieldsThatItDoesNotKnow() throws IOException {
        String newer = OF_OLD.replace("\"rank\":1", "\"rank\":1,\"of_tomorrow\":{\"x\":[1]}");

        assertThat(RankingCodec.decode(newer.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(RankingCodec.decode(OF_OLD.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsTheHeadAlone() throws IOException {
        Ranking head = RankingCodec.head(OF_OLD.getBytes(StandardCharsets.UTF_8));

        assertThat(head.key()).isEqualTo("10m|all");
        assertThat(head.at()).isEqualTo("2026-11-24T14:30:00Z");
        assertThat(head.isFinal()).isTrue();
        assertThat(head.trends()).isEmpty();
        assertThat(RankingCodec.head(("{\"trends\":[{\"final\":[]}],\"scope\":\"all\",\"final\":false,"
                                + "\"at\":\"2026-11-24T14:30:00Z\",\"window\":\"1m\"}")
                        .getBytes(StandardCharsets.UTF_8)))
                .as("in another order")
                .isEqualTo(new Ranking("1m", "all", head.at(), false, null, 0, List.of(), List.of()));
        for (String none : List.of("", "[]", "7", "{\"window\":\"1m\"}", OF_OLD.replace("14:30", "x"), "{\"at\":{}}")) {
            assertThatThrownBy(() -> RankingCodec.head(none.getBytes(StandardCharsets.UTF_8)))
                    .as(none)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysWhatARankingLacks() {
        byte[] lacking = OF_OLD.replace("\"window\":\"10m\",", "").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> RankingCodec.decode(lacking)).hasMessage("field window is missing");
    }
}
