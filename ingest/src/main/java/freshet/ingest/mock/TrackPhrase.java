package freshet.ingest.mock;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One phrase of {@code track}: all its terms must be there, in any order, whatever their case. */
record TrackPhrase(List<String> terms) {

    static TrackPhrase parse(String phrase) {
        return new TrackPhrase(
                Arrays.stream(phrase.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                        .toList());
    }

    boolean matches(TrackTokens tokens) {
        return terms.stream().allMatch(tokens::contain);
    }
}
