package freshet.datasets.generator;

import java.util.ArrayList;
import java.util.List;

/** What is planted, when: breakouts spread over the recording, campaigns between them, gaps where no breakout is. */
final class Plan {

    private static final long MINUTE_MS = 60_000;
    private static final long LEAD_MS = 50 * MINUTE_MS;
    private static final long TAIL_MS = 40 * MINUTE_MS;
    private static final long USUAL_MS = 240 * MINUTE_MS;

    /** Late posts arrive before the end, too. */
    private static final long MARGIN_MS = 3 * MINUTE_MS;

    private static final int LEAST_AUTHORS = 15;

    /** When the source is down. */
    record Gap(long from, long to) {}

    final List<Breakout> breakouts = new ArrayList<>();
    final List<Campaign> campaigns = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();

    private final GeneratorOptions options;
    private final List<Language> languages;
    private final Accounts accounts;
    private final List<String> taken = new ArrayList<>();

    Plan(GeneratorOptions options, List<Language> languages, Accounts accounts, Dice dice) {
        this.options = options;
        this.languages = languages;
        this.accounts = accounts;
        planBreakouts(dice.fork("breakouts"));
        planCampaigns(dice.fork("campaigns"));
        planGaps(dice.fork("gaps"));
    }

    private void planBreakouts(Dice dice) {
        long duration = options.duration().toMillis();
        long first = options.startMs() + Math.min(LEAD_MS, duration / 8);
        long span = options.endMs() - Math.min(TAIL_MS, duration / 8) - first;
        long until = options.endMs() - MARGIN_MS;
        double pace = Math.max(0.1, Math.min(1, duration / (double) USUAL_MS));
        double most = Math.max(60, Math.min(50_000, options.postsPerMinute() * 8));
        for (int i = 0; i < options.breakouts(); i++) {
            // Whoever watches sees the first one soon: it is sudden and not small.
            double jitter = i == 0 ? 0 : 0.6 * dice.uniform();
            long onset = first + (long) ((i + jitter) * span / options.breakouts());
            int size = (int) (i == 0 ? most / 2 : dice.logUniform(LEAST_AUTHORS, most));
            Language language = i == 0 ? languages.get(0) : language(dice);
            Breakout.Shape shape = i == 0 ? Breakout.Shape.SUDDEN : Breakout.Shape.values()[dice.below(3)];
            String tag = eventTag(language, i == 0 ? 0 : 0.25, dice);
            String companion = dice.chance(0.5) ? companion(language, tag, dice) : null;
            size = Math.min(size, accounts.pool(language) / 2);
            breakouts.add(Breakout.plan(
                    language, accounts, shape, tag, companion, onset, until, pace, size, dice.fork("breakout " + i)));
        }
    }

    private Language language(Dice dice) {
        int share = dice.below(100);
        for (Language language : languages) {
            share -= language.share();
            if (share < 0) {
                return language;
            }
        }
        return languages.get(0);
    }

    /** One that no other breakout has; every fourth is a topic that people have always talked about a little. */
    private String eventTag(Language language, double known, Dice dice) {
        String tag;
        int round = 0;
        do {
            if (dice.chance(known)) {
                tag = language.topic(language.topics().size() + dice.below(200));
            } else {
                tag = dice.pick(language.events());
                if (round >= 8) {
                    tag += 2_000 + dice.below(1_000);
                }
            }
            round++;
        } while (taken.contains(tag));
        taken.add(tag);
        return tag;
    }

    private static String companion(Language language, String tag, Dice dice) {
        return switch (language.lang()) {
            case "ja" -> tag + "速報";
            case "ko" -> tag + "실시간";
            case "ar" -> tag + "_مباشر";
            case "hi" -> tag + "_लाइव";
            default -> tag + (dice.chance(0.5) ? "2026" : "Live");
        };
    }

    private void planCampaigns(Dice dice) {
        long duration = options.duration().toMillis();
        for (int i = 0; i < options.campaigns(); i++) {
            long onset = options.startMs()
                    + (long) (duration * (0.2 + 0.7 * (i + 0.5 * dice.uniform()) / options.campaigns()));
            Language language = language(dice);
            String tag = language.topic(5_000 + dice.below(5_000)) + (dice.chance(0.5) ? "Win" : "Promo");
            campaigns.add(
                    Campaign.plan(i, i % 2 == 0, language, tag, onset, options.startMs(), dice.fork("campaign " + i)));
        }
    }

    private void planGaps(Dice dice) {
        long duration = options.duration().toMillis();
        for (int tries = 0; gaps.size() < options.gaps() && tries < 1_000; tries++) {
            long from = options.startMs() + (long) (duration * dice.between(0.15, 0.95));
            Gap gap = new Gap(from, from + (long) (dice.between(5, 20) * MINUTE_MS));
            boolean free = breakouts.stream()
                    .noneMatch(breakout -> breakout.first() - TAIL_MS < gap.to() && breakout.last() > gap.from());
            if (free) {
                gaps.add(gap);
            }
        }
    }

    boolean down(long time) {
        for (Gap gap : gaps) {
            if (time >= gap.from() && time < gap.to()) {
                return true;
            }
        }
        return false;
    }

    /** All that is planted, in the order in which it begins. */
    List<Planting> plantings() {
        List<Planting> plantings = new ArrayList<>(breakouts);
        plantings.addAll(campaigns);
        plantings.sort((a, b) -> Long.compare(a.first(), b.first()));
        return plantings;
    }
}
