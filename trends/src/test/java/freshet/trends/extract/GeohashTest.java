package freshet.trends.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeohashTest {

    @Test
    void knownPlacesHaveTheirKnownCells() {
        assertThat(Geohash.of(57.64911, 10.40744)).isEqualTo("u4pr");
        assertThat(Geohash.of(-23.5505, -46.6333)).isEqualTo("6gyf");
        assertThat(Geohash.of(-90, -180)).isEqualTo("0000");
        assertThat(Geohash.of(90, 180)).isEqualTo("zzzz");
    }
}
