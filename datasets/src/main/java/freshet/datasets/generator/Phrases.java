package freshet.datasets.generator;

import java.util.List;

/** Puts texts together. Every tag stands in the text once, with a space or an end on both of its sides. */
final class Phrases {

    private final Dice dice;

    Phrases(Dice dice) {
        this.dice = dice;
    }

    /** What someone says on an ordinary day. */
    String ordinary(Language language, List<String> tags) {
        String gap = language.dense() ? "" : " ";
        StringBuilder text = new StringBuilder();
        if (dice.chance(0.5)) {
            text.append(dice.pick(language.open())).append(gap);
        }
        boolean inline = fill(text, language, dice.pick(language.middle()), tags);
        if (dice.chance(0.5)) {
            text.append(' ').append(dice.pick(language.end()));
        }
        if (dice.chance(0.15)) {
            text.append(' ').append(2 + dice.below(97));
        }
        return append(text, tags, inline ? 1 : 0);
    }

    /** What someone says of something that is happening. */
    String ofAnEvent(Language language, List<String> tags) {
        StringBuilder text = new StringBuilder();
        if (dice.chance(0.3)) {
            text.append(dice.pick(language.open())).append(language.dense() ? "" : " ");
        }
        boolean inline = fill(text, language, dice.pick(language.event()), tags);
        if (dice.chance(0.4)) {
            text.append(' ').append(dice.pick(language.end()));
        }
        return append(text, tags, inline ? 1 : 0);
    }

    /** @return whether the first tag stands in the text now */
    private boolean fill(StringBuilder text, Language language, String phrase, List<String> tags) {
        int at = phrase.indexOf("{t}");
        boolean inline = !tags.isEmpty() && dice.chance(0.5);
        text.append(phrase, 0, at);
        if (!inline) {
            text.append(dice.pick(language.topics()));
        } else {
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
            text.append('#').append(tags.get(0));
            if (at + 3 < phrase.length() && phrase.charAt(at + 3) != ' ') {
                text.append(' ');
            }
        }
        text.append(phrase, at + 3, phrase.length());
        return inline;
    }

    private static String append(StringBuilder text, List<String> tags, int from) {
        for (int i = from; i < tags.size(); i++) {
            text.append(" #").append(tags.get(i));
        }
        return text.toString();
    }
}
