package freshet.datasets.generator;

import freshet.datasets.truth.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Planted spam: few accounts that post a tag very often, or many new ones with one text in lockstep. */
final class Campaign extends Planting {

    private static final double MINUTE_MS = 60_000;

    private final int ordinal;
    private final boolean lockstep;
    private final Language language;
    private final String tag;
    private final int accounts;
    private final long start;
    private final Dice dice;
    private final Phrases phrases;
    private final String text;

    private Campaign(
            int ordinal,
            boolean lockstep,
            Language language,
            String tag,
            int accounts,
            long start,
            List<Moment> moments,
            Dice dice) {
        super(times(moments), authors(moments));
        this.ordinal = ordinal;
        this.lockstep = lockstep;
        this.language = language;
        this.tag = tag;
        this.accounts = accounts;
        this.start = start;
        this.dice = dice;
        this.phrases = new Phrases(dice.fork("phrases"));
        this.text = phrases.ofAnEvent(language, List.of(tag));
    }

    static Campaign plan(
            int ordinal, boolean lockstep, Language language, String tag, long onset, long start, Dice dice) {
        int accounts = lockstep ? 30 + dice.below(50) : 3 + dice.below(3);
        double minutes = lockstep ? dice.between(8, 15) : dice.between(20, 40);
        int each = lockstep ? 1 : 15 + dice.below(15);
        List<Moment> moments = new ArrayList<>();
        for (int account = 0; account < accounts; account++) {
            for (int post = 0; post < each; post++) {
                moments.add(new Moment(onset + (long) (minutes * MINUTE_MS * dice.uniform()), account));
            }
        }
        return new Campaign(ordinal, lockstep, language, tag, accounts, start, sorted(moments), dice);
    }

    @Override
    Status write(int moment, long id) {
        Account author = Account.fresh(ordinal, authors[moment], start);
        String base = lockstep ? text : phrases.ofAnEvent(language, List.of(tag));
        String link = " https://sho.example/" + Integer.toString(dice.below(36 * 36 * 36 * 36), 36);
        return new Status(id, times[moment], author, language.lang(), base + link, List.of(tag), null, null);
    }

    Truth.Campaign truth() {
        return new Truth.Campaign(
                tag,
                lockstep ? "near-identical" : "few-authors",
                Instant.ofEpochMilli(first()),
                Instant.ofEpochMilli(last()),
                accounts,
                times.length);
    }
}
