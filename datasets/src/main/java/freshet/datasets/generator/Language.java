package freshet.datasets.generator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * How people of one language write: phrases, of which {@code middle} and {@code event} hold a topic at {@code {t}}, and
 * the tags they use.
 *
 * @param share of all posts, in per cent
 * @param utcOffset hours from UTC of most of its authors
 */
record Language(
        String lang,
        int share,
        int utcOffset,
        List<String> open,
        List<String> middle,
        List<String> end,
        List<String> event,
        List<String> topics,
        List<String> events,
        List<String> always,
        String morning,
        String night,
        List<String> names) {

    private static final long HOUR_MS = 3_600_000;

    static List<Language> all() {
        try (InputStream in = Language.class.getResourceAsStream("languages.json")) {
            return JsonMapper.builder().build().readValue(in, new TypeReference<List<Language>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("reading the generator's languages", e);
        }
    }

    /** Whether words are written without spaces between them. */
    boolean dense() {
        return lang.equals("ja");
    }

    /** Milliseconds since the local epoch. */
    long localTime(long ms) {
        return ms + utcOffset * HOUR_MS;
    }

    /** Local time of day, in hours from 0 to below 24. */
    double hour(long ms) {
        double hours = localTime(ms) / (double) HOUR_MS;
        return hours - 24 * Math.floor(hours / 24);
    }

    /** How active its authors are at that moment: 1 on the average of a day, least at four in the morning. */
    double activity(long ms) {
        double fromEvening = (hour(ms) - 20) / 24 * 2 * StrictMath.PI;
        return 1 + 0.55 * StrictMath.cos(fromEvening) + 0.15 * StrictMath.cos(2 * fromEvening);
    }

    /** A topic of a rank from 0 on: single words, then pairs of them, then pairs with a number. */
    String topic(int rank) {
        int words = topics.size();
        if (rank < words) {
            return topics.get(rank);
        }
        int pair = rank - words;
        // A stride that has no factor in common with the number of pairs visits all of them in a mixed order.
        long index = (pair % (words * words)) * 367L % ((long) words * words);
        String first = topics.get((int) (index / words));
        String second = topics.get((int) (index % words));
        int round = pair / (words * words);
        String joined = joined(first, second);
        return round == 0 ? joined : joined + (round + 1);
    }

    private String joined(String first, String second) {
        return switch (lang) {
            case "ar", "hi" -> first + "_" + second;
            case "ja", "ko" -> first + second;
            default -> capital(first) + capital(second);
        };
    }

    private static String capital(String word) {
        int first = word.offsetByCodePoints(0, 1);
        return Character.toString(Character.toTitleCase(word.codePointAt(0))) + word.substring(first);
    }
}
