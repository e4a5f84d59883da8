package freshet.datasets.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which tags a post of the background bears: regulars at their hours, and topics by Zipf's law. */
final class TagChoice {

    /** Tags of one day of the week, in English; by {@code epoch day mod 7}, whose day 0 is a Thursday. */
    private static final List<String> WEEKLY =
            List.of("ThrowbackThursday", "FridayFeeling", "Caturday", "SundayFunday", "MondayMotivation", "", "");

    private static final long DAY_MS = 86_400_000;
    private static final int RANKS = 20_000;
    private static final double TAGGED = 0.55;

    private final Dice dice;
    private final double logRanks = StrictMath.log(RANKS);

    TagChoice(Dice dice) {
        this.dice = dice;
    }

    List<String> choose(Language language, long time) {
        if (!dice.chance(TAGGED)) {
            return List.of();
        }
        List<String> tags = new ArrayList<>(2);
        tags.add(first(language, time));
        while (tags.size() < 4 && dice.chance(0.25)) {
            String tag = topic(language);
            if (!tags.contains(tag)) {
                tags.add(tag);
            }
        }
        return tags;
    }

    private String first(Language language, long time) {
        double hour = language.hour(time);
        double choice = dice.uniform();
        double morning = 0.15 * bump(hour, 7.5, 1.5);
        double night = 0.10 * bump(hour, 23, 1);
        if (choice < morning) {
            return language.morning();
        }
        if (choice < morning + night) {
            return language.night();
        }
        if (choice < morning + night + 0.12) {
            return dice.pick(language.always());
        }
        if (choice > 0.97 && language.lang().equals("en")) {
            String weekly = WEEKLY.get((int) Math.floorMod(Math.floorDiv(language.localTime(time), DAY_MS), 7L));
            if (!weekly.isEmpty()) {
                return weekly;
            }
        }
        return topic(language);
    }

    private static double bump(double hour, double at, double width) {
        double off = Math.abs(hour - at);
        double nearest = Math.min(off, 24 - off) / width;
        return StrictMath.exp(-nearest * nearest / 2);
    }

    /** Zipf's law with exponent one: evenly distributed in the logarithm of the rank. */
    private String topic(Language language) {
        int rank = (int) StrictMath.exp(dice.uniform() * logRanks) - 1;
        String topic = language.topic(rank);
        return dice.chance(0.06) ? topic.toLowerCase(Locale.ROOT) : topic;
    }

    /** All tags that are regularly popular in these languages. */
    static List<String> regulars(List<Language> languages) {
        List<String> regulars = new ArrayList<>();
        for (Language language : languages) {
            regulars.addAll(language.always());
            regulars.add(language.morning());
            regulars.add(language.night());
        }
        WEEKLY.stream().filter(tag -> !tag.isEmpty()).forEach(regulars::add);
        return regulars;
    }
}
