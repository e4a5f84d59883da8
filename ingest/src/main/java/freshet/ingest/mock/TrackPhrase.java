package freshet.ingest.mock;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One phrase of {@code track}: all its terms must be there, in any order, whatever their case. */
record TrackPhrase(List<Term> terms) {

    /**
     * One word of a phrase.
     *
     * @param word in lower case
     * @param core the word without the punctuation around it, which counts for nothing
     * @param marked whether it begins as a tag, a handle or a cash tag, and is met only by one
     */
    record Term(String word, String core, boolean marked) {

        static Term of(String word) {
            return new Term(word, TrackTokens.core(word), "#＃@＠$".indexOf(word.charAt(0)) >= 0 && word.length() > 1);
        }
    }

    static TrackPhrase parse(String phrase) {
        String[] words = phrase.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return new TrackPhrase(Arrays.stream(words).map(Term::of).toList());
    }

    boolean matches(TrackTokens tokens) {
        return terms.stream().allMatch(tokens::contain);
    }
}
