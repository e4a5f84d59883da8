package freshet.trends.rank;

import freshet.trends.contract.Ranking.Life;
import freshet.trends.contract.Ranking.State;
import freshet.trends.contract.Ranking.Trend;
import freshet.trends.time.Window;
import java.time.Instant;

/**
 * The states of a trend's life.
 *
 * <pre>
 *             rare enough                 no new peak for half a window, or no longer rare
 *   RISING ───────────────► BREAKING ────────────────────────────────────────────────► STEADY
 *      │  ◄── grown by a fifth since its low, to a new peak (or BREAKING) ──────────────┤ ▲
 *      │                                                                                │ │ back to 70 % of its peak
 *      └──────────────────────────► below half its peak ◄───────────────────────────────┘ │
 *                                        FADING ──────────────────────────────────────────┘
 *                                          └─► RISING, BREAKING: twice its low, a new upswing
 * </pre>
 *
 * Leaving a state takes more than entering it did, and no state but RISING is left before it has lasted two slides: so
 * states don't flicker. A move depends on the final before and on the present slide alone.
 */
final class LifeCycle {

    private static final double FADING_BELOW = 0.5;
    private static final double STEADY_AGAIN = 0.7;
    private static final double STILL_BREAKING = 0.75;
    private static final double GROWN = 1.2;
    private static final double UPSWING = 2;
    /** Among few authors a fifth more or less is chance. */
    private static final int GROWN_AUTHORS_MIN = 3;

    private LifeCycle() {}

    /** State and life after a slide. */
    record Step(State state, Life life) {}

    /** Begins a life. */
    static Step begin(long authors, boolean rare, Instant at) {
        return new Step(rare ? State.BREAKING : State.RISING, new Life(authors, at, authors, at));
    }

    /** Goes on from the final before. */
    static Step next(Trend before, long authors, double score, double scoreBreaking, Window window, Instant at) {
        Life was = before.life();
        boolean newPeak = authors > was.peak();
        long peak = Math.max(was.peak(), authors);
        Instant peakAt = newPeak ? at : was.peakAt();
        long low = newPeak ? authors : Math.min(was.low(), authors);
        boolean rare = score >= scoreBreaking;
        boolean settled = millis(was.stateSince(), at) >= 2 * window.slide();
        boolean stalled = millis(peakAt, at) >= Math.max(window.size() / 2, 2 * window.slide());
        boolean fading = authors < FADING_BELOW * peak;

        State state = before.state();
        if (state == State.RISING && rare) {
            state = State.BREAKING;
        } else if (settled) {
            switch (state) {
                case BREAKING -> {
                    if (fading) {
                        state = State.FADING;
                    } else if (stalled || score < STILL_BREAKING * scoreBreaking) {
                        state = State.STEADY;
                    }
                }
                case RISING -> state = fading ? State.FADING : stalled ? State.STEADY : state;
                case STEADY -> {
                    if (fading) {
                        state = State.FADING;
                    } else if (newPeak && authors >= GROWN * was.low() && authors >= was.low() + GROWN_AUTHORS_MIN) {
                        state = rare ? State.BREAKING : State.RISING;
                    }
                }
                case FADING -> {
                    if (authors >= STEADY_AGAIN * peak) {
                        state = State.STEADY;
                    } else if (authors >= UPSWING * low && authors >= low + GROWN_AUTHORS_MIN) {
                        return new Step(rare ? State.BREAKING : State.RISING, new Life(authors, at, authors, at));
                    }
                }
            }
        }
        Instant since = state == before.state() ? was.stateSince() : at;
        return new Step(state, new Life(peak, peakAt, low, since));
    }

    private static long millis(Instant from, Instant to) {
        return to.toEpochMilli() - from.toEpochMilli();
    }
}
