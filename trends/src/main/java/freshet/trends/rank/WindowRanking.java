package freshet.trends.rank;

import freshet.trends.contract.Hash64;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.KeptOut;
import freshet.trends.contract.Ranking.Related;
import freshet.trends.contract.Ranking.Share;
import freshet.trends.contract.Ranking.Trend;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Tally;
import freshet.trends.time.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the rankings of one window and scope, each from the candidates of a slide and the ranking before it. A story is
 * led by the tag that led it before, as long as that is in it, else by its best.
 */
final class WindowRanking {

    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(Candidate::score)
            .reversed()
            .thenComparing(Comparator.comparingInt(Candidate::authors).reversed())
            .thenComparing(Candidate::tag);

    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final int RELATED = 5;
    private static final int RELATED_POSTS_MIN = 2;
    private static final double LIFT_MIN = 1.5;
    private static final int KEPT_OUT = 20;

    /** How many candidates, in sizes of the ranking, are looked at: joining and verdicts shorten the list. */
    private static final int LOOKED_AT = 4;

    private final Window window;
    private final String scope;
    private final RankConfig config;

    WindowRanking(Window window, String scope, RankConfig config) {
        this.window = window;
        this.scope = scope;
        this.config = config;
    }

    /**
     * The final ranking of a slide.
     *
     * @param end the slide's end
     * @param candidates of all target partitions, in any order
     * @param posts all posts in the window
     * @param before the final before, or null; one that is not of the slide before has no say
     */
    Ranking closed(long end, List<Candidate> candidates, long posts, Ranking before, String partitions) {
        boolean follows = before != null && before.at().toEpochMilli() == end - window.slide();
        return rank(end, candidates, posts, follows ? before : null, true, partitions);
    }

    /** An early one: lives and states are those of the newest ranking within the window, since they move on finals only. */
    Ranking early(long end, List<Candidate> candidates, long posts, Ranking newest, String partitions) {
        boolean near = newest != null && newest.at().toEpochMilli() >= end - window.size();
        return rank(end, candidates, posts, near ? newest : null, false, partitions);
    }

    private Ranking rank(
            long end, List<Candidate> candidates, long posts, Ranking before, boolean isFinal, String partitions) {
        Instant at = Instant.ofEpochMilli(end);
        Lives lives = new Lives(before);
        Map<String, Candidate> byTag = new HashMap<>();
        candidates.forEach(candidate -> byTag.put(candidate.tag(), candidate));

        List<KeptOut> keptOut = new ArrayList<>();
        List<Candidate> eligible = eligible(candidates, lives, keptOut);
        List<List<Candidate>> stories = config.judged()
                ? Stories.of(eligible, lives)
                : eligible.stream().map(List::of).toList();
        stories = stories.subList(0, Math.min(config.size(), stories.size()));
        List<Trend> carriedOn = lives.carriedOnBy(stories);
        List<Trend> trends = new ArrayList<>();
        for (int i = 0; i < stories.size(); i++) {
            trends.add(trend(i + 1, stories.get(i), carriedOn.get(i), byTag, posts, at, isFinal));
        }
        return new Ranking(window.name(), scope, at, isFinal, partitions, posts, trends, keptOut);
    }

    private List<Candidate> eligible(List<Candidate> candidates, Lives lives, List<KeptOut> keptOut) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(BEST_FIRST);
        List<Candidate> eligible = new ArrayList<>();
        for (Candidate candidate : sorted) {
            boolean alive = lives.of(candidate.tag()) != null;
            if (candidate.score() < config.scoreEnter() && !alive) {
                continue;
            }
            if (eligible.size() >= (long) LOOKED_AT * config.size()) {
                break;
            }
            String verdict = config.judged() ? Verdict.on(candidate, alive) : null;
            if (verdict == null) {
                eligible.add(candidate);
            } else if (keptOut.size() < KEPT_OUT) {
                keptOut.add(new KeptOut(candidate.tag(), verdict));
            }
        }
        return eligible;
    }

    private Trend trend(
            int rank,
            List<Candidate> story,
            Trend before,
            Map<String, Candidate> byTag,
            long posts,
            Instant at,
            boolean isFinal) {
        Candidate lead = story.get(0);
        for (Candidate member : story) {
            if (before != null && member.tag().equals(before.tag())) {
                lead = member;
            }
        }
        double score = story.get(0).score();
        LifeCycle.Step step;
        if (before == null || before.life() == null) {
            step = LifeCycle.begin(lead.authors(), score >= config.scoreBreaking(), at);
        } else if (isFinal) {
            step = LifeCycle.next(before, lead.authors(), score, config.scoreBreaking(), window, at);
        } else {
            step = new LifeCycle.Step(before.state(), before.life());
        }
        Instant since = before == null ? at : before.since();
        return new Trend(
                rank,
                before == null ? id(lead.tag(), at) : before.id(),
                lead.tag(),
                tags(lead, story),
                lead.display(),
                step.state(),
                lead.count(),
                lead.authors(),
                round(lead.expected()),
                round(score),
                round(story.get(0).odds()),
                since,
                lead.warming(),
                lead.spark(),
                Reason.of(lead, window),
                lead.first(),
                lead.examples(),
                related(lead, story, byTag, posts),
                step.life(),
                lead.band(),
                lead.sparkBand(),
                shares(lead.languages(), lead.looked()),
                shares(lead.sources(), lead.looked()),
                lead.level() == 0 ? null : round(lead.authorsError()));
    }

    private static List<Share> shares(List<Tally> tallies, long looked) {
        return tallies.stream()
                .map(tally -> new Share(tally.name(), round((double) tally.posts() / looked)))
                .toList();
    }

    private static List<String> tags(Candidate lead, List<Candidate> story) {
        List<String> tags = new ArrayList<>(story.size());
        tags.add(lead.tag());
        for (Candidate member : story) {
            if (!member.tag().equals(lead.tag())) {
                tags.add(member.tag());
            }
        }
        return tags;
    }

    /**
     * Tags used with it more often than chance: {@code lift = P(both) / (P(this) P(other))}. Of tags that are no candidates
     * the count isn't known here; their past explains them, so they would say little.
     */
    private static List<Related> related(
            Candidate lead, List<Candidate> story, Map<String, Candidate> byTag, long posts) {
        Set<String> own = new HashSet<>();
        story.forEach(member -> own.add(member.tag()));
        double perLooked = (double) lead.count() / lead.looked();
        List<Related> related = new ArrayList<>();
        for (Tally pair : lead.pairs()) {
            Candidate other = byTag.get(pair.name());
            if (other != null && !own.contains(pair.name()) && pair.posts() >= RELATED_POSTS_MIN) {
                double lift = pair.posts() * perLooked * posts / ((double) lead.count() * other.count());
                if (lift >= LIFT_MIN) {
                    related.add(new Related(pair.name(), round(lift)));
                }
            }
        }
        related.sort(Comparator.comparingDouble(Related::lift).reversed().thenComparing(Related::tag));
        return related.size() > RELATED ? new ArrayList<>(related.subList(0, RELATED)) : related;
    }

    private String id(String tag, Instant since) {
        long hash = Hash64.mix(Hash64.of(Ranking.key(window.name(), scope)) * 31 + Hash64.of(tag));
        return String.format("%016x", Hash64.mix(hash ^ since.toEpochMilli()));
    }

    /** Four significant digits: what is beyond is noise, and a record is shorter without it. */
    private static double round(double value) {
        if (value == 0) {
            return 0; // and not -0.0
        }
        return new BigDecimal(value).round(FOUR_DIGITS).doubleValue();
    }
}
