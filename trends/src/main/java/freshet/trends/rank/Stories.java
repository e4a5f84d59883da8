package freshet.trends.rank;

import freshet.trends.contract.Hash64;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Tally;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins tags that largely the same people use in the same window: {@code #eclipse} and {@code #eclipse2026} are one
 * story. Candidates come best first, and each joins the first story whose best tag shares enough authors with it. The
 * share is that of the smaller of the two, from bottom-k samples: exact up to 64 authors, beyond with a standard error
 * of about 0.06. A tag most of whose posts bear a larger one's tag rides along with it, however much larger that is. A
 * tag that stood in the story before needs a little less, with any of its tags, so that stories don't flicker.
 */
final class Stories {

    private static final double SHARE_JOINING = 0.5;
    private static final double SHARE_STAYING = 0.35;

    /** Of a story's tags none is used by this many times the authors of another: a flood is not part of a trickle. */
    private static final int SIZES_APART_MAX = 10;

    /** With how many of a story's tags one that stood among them before is compared. */
    private static final int COMPARED_MAX = 8;

    /** Below this many sampled authors of the smaller one a share means nothing. */
    private static final int SAMPLED_MIN = 3;

    private Stories() {}

    /** Tags of one story, best first. */
    static List<List<Candidate>> of(List<Candidate> bestFirst, Lives before) {
        List<List<Candidate>> stories = new ArrayList<>();
        for (Candidate candidate : bestFirst) {
            List<Candidate> home = null;
            for (List<Candidate> story : stories) {
                if (belongs(candidate, story, before)) {
                    home = story;
                    break;
                }
            }
            if (home == null) {
                home = new ArrayList<>(2);
                stories.add(home);
            }
            home.add(candidate);
        }
        return stories;
    }

    private static boolean belongs(Candidate candidate, List<Candidate> story, Lives before) {
        if (overlap(story.get(0), candidate, SHARE_JOINING)) {
            return true;
        }
        for (Candidate member : story.subList(0, Math.min(COMPARED_MAX, story.size()))) {
            if (before.stoodTogether(member, candidate) && overlap(member, candidate, SHARE_STAYING)) {
                return true;
            }
        }
        return false;
    }

    private static boolean overlap(Candidate a, Candidate b, double share) {
        int larger = Math.max(a.authors(), b.authors());
        int smaller = Math.min(a.authors(), b.authors());
        if (a.authors() < b.authors() ? rides(a, b, share) : rides(b, a, share)) {
            return true;
        }
        return larger <= (long) SIZES_APART_MAX * smaller && share(a, b) >= share;
    }

    /** Whether a tag stands out only because posts with another bear it too, as everyday tags in a breakout's posts do. */
    private static boolean rides(Candidate smaller, Candidate larger, double share) {
        for (Tally pair : smaller.pairs()) {
            if (pair.name().equals(larger.tag())) {
                return pair.posts() >= share * smaller.looked();
            }
        }
        return false;
    }

    /**
     * Which share of the smaller one's authors the larger has too. Up to a limit both samples are complete, so only that
     * part is compared.
     */
    static double share(Candidate one, Candidate other) {
        List<Long> a = one.sample();
        List<Long> b = other.sample();
        long limit = Math.min(limit(one), limit(other));
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size() && a.get(i) <= limit && b.get(j) <= limit) {
            int order = Long.compare(a.get(i), b.get(j));
            if (order == 0) {
                common++;
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int smaller = Math.min(upTo(a, limit), upTo(b, limit));
        return smaller < SAMPLED_MIN ? 0 : (double) common / smaller;
    }

    /** The greatest hash up to which a sample has all authors. */
    private static long limit(Candidate candidate) {
        List<Long> sample = candidate.sample();
        return sample.size() < TrendCandidates.SAMPLE_SIZE
                ? Hash64.greatest(candidate.level())
                : sample.get(sample.size() - 1);
    }

    private static int upTo(List<Long> sample, long limit) {
        int count = 0;
        while (count < sample.size() && sample.get(count) <= limit) {
            count++;
        }
        return count;
    }
}
