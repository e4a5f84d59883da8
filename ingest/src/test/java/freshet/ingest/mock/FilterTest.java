package freshet.ingest.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final String SAN_FRANCISCO = "-122.75,36.8,-121.75,37.8";

    @Test
    void phrasesUsersAndBoxesAreAlternatives() throws Exception {
        Filter filter = Filter.of("moon", "7", SAN_FRANCISCO, null);
        assertThat(matches(filter, "\"text\":\"the moon\"")).isTrue();
        assertThat(matches(filter, "\"text\":\"x\",\"user\":{\"id\":7,\"id_str\":\"7\"}"))
                .isTrue();
        assertThat(matches(filter, "\"text\":\"x\",\"coordinates\":{\"type\":\"Point\",\"coordinates\":[-122.4,37.7]}"))
                .isTrue();
        assertThat(matches(filter, "\"text\":\"x\"")).isFalse();
    }

    @Test
    void languageNarrowsAnyOfThem() throws Exception {
        Filter filter = Filter.of("moon", null, null, "en,PT");
        assertThat(matches(filter, "\"text\":\"moon\",\"lang\":\"pt\"")).isTrue();
        assertThat(matches(filter, "\"text\":\"moon\",\"lang\":\"de\"")).isFalse();
        assertThat(matches(filter, "\"text\":\"sun\",\"lang\":\"en\"")).isFalse();
    }

    @Test
    void followingMeansByThemRetweetsOfTheirsAndRepliesToThem() throws Exception {
        Filter filter = Filter.of(null, "7,8", null, null);
        assertThat(matches(filter, "\"user\":{\"id\":8}")).isTrue();
        assertThat(matches(filter, "\"user\":{\"id\":1},\"retweeted_status\":{\"user\":{\"id_str\":\"7\"}}"))
                .isTrue();
        assertThat(matches(filter, "\"user\":{\"id\":1},\"in_reply_to_user_id\":7"))
                .isTrue();
        assertThat(matches(filter, "\"user\":{\"id\":1},\"entities\":{\"user_mentions\":[{\"id\":7}]}"))
                .isFalse();
    }

    @Test
    void coordinatesDecideAloneWhereThereAreAny() throws Exception {
        Filter filter = Filter.of(null, null, SAN_FRANCISCO, null);
        String place = place(-122.5, 37.7, -122.3, 37.9);
        assertThat(matches(filter, "\"coordinates\":{\"coordinates\":[0,0]}," + place))
                .isFalse();
        assertThat(matches(filter, "\"coordinates\":null," + place)).isTrue();
    }

    @Test
    void anyOverlapOfAPlaceCounts() throws Exception {
        Filter filter = Filter.of(null, null, SAN_FRANCISCO, null);
        assertThat(matches(filter, place(-125, 30, -110, 45))).isTrue();
        assertThat(matches(filter, place(-121.75, 37.8, -120, 39))).isTrue();
        assertThat(matches(filter, place(-120, 38, -119, 39))).isFalse();
        assertThat(matches(filter, "\"place\":null,\"user\":{\"location\":\"San Francisco\"}"))
                .isFalse();
    }

    @Test
    void boxesAreAlternatives() throws Exception {
        Filter filter = Filter.of(null, null, SAN_FRANCISCO + ",-74,40,-73,41", null);
        assertThat(matches(filter, "\"coordinates\":{\"coordinates\":[-73.5,40.5]}"))
                .isTrue();
    }

    @Test
    void boxWhoseWestLiesEastOfItsEastCrossesTheDateLine() throws Exception {
        Filter fiji = Filter.of(null, null, "177,-21,-178,-12", null);
        assertThat(matches(fiji, "\"coordinates\":{\"coordinates\":[178.4,-18.1]}"))
                .isTrue();
        assertThat(matches(fiji, "\"coordinates\":{\"coordinates\":[-179.9,-16.5]}"))
                .isTrue();
        assertThat(matches(fiji, "\"coordinates\":{\"coordinates\":[-177,-18]}"))
                .isFalse();
        assertThat(matches(fiji, "\"coordinates\":{\"coordinates\":[0,-18]}")).isFalse();
        assertThat(matches(fiji, place(176.5, -19, 177.5, -17))).isTrue();
        assertThat(matches(fiji, place(-178.5, -19, -175, -17))).isTrue();
        assertThat(matches(fiji, place(-177, -19, 176, -17))).isFalse();
        assertThat(matches(fiji, "\"place\":null")).isFalse();
    }

    @Test
    void saysWhatIsWrongWithAParameter() {
        assertRefused(() -> Filter.of(null, "me", null, null), 406, "follow");
        assertRefused(() -> Filter.of(null, null, "1,2,3", null), 406, "locations");
        assertRefused(() -> Filter.of(null, null, "1,2,200,3", null), 406, "200");
        assertRefused(() -> Filter.of(null, null, "1,3,2,2", null), 406, "southwest");
        assertRefused(() -> Filter.of("x".repeat(61), null, null, null), 406, "60 bytes");
        assertRefused(() -> Filter.of("x,".repeat(401), null, null, null), 413, "track");
        assertRefused(() -> Filter.of(null, null, "0,0,1,1,".repeat(26), null), 413, "locations");
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, int status, String words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.status().code()).isEqualTo(status);
            assertThat(e).hasMessageContaining(words);
        });
    }

    private static String place(double west, double south, double east, double north) {
        return "\"place\":{\"bounding_box\":{\"type\":\"Polygon\",\"coordinates\":[[[" + west + "," + south + "],["
                + west + "," + north + "],[" + east + "," + north + "],[" + east + "," + south + "]]]}}";
    }

    private static boolean matches(Filter filter, String fields) throws Exception {
        return filter.matches(new ObjectMapper().readTree("{" + fields + "}"));
    }
}
