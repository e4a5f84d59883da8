package freshet.datasets.generator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Plays background and plantings minute by minute, and gives the lines in the order in which they arrive. */
final class Timeline {

    /** Takes lines in order of arrival. */
    interface Sink {
        void accept(Line line) throws IOException;
    }

    private static final long MINUTE_MS = 60_000;
    private static final long SNOWFLAKE_EPOCH_MS = 1_288_834_974_657L;
    private static final double DELETED = 0.012;
    private static final double REPEATED = 0.003;
    private static final double LATE = 0.003;

    /** A post to be written: of the background in a language, or of a planting. */
    private record Draft(long time, int language, Planting planting, int moment) {}

    private final GeneratorOptions options;
    private final List<Language> languages;
    private final Background background;
    private final Plan plan;
    private final Dice dice;
    private final PriorityQueue<Line> underway = new PriorityQueue<>();
    private final List<Planting> waiting;
    private final List<Planting> running = new ArrayList<>();
    private final List<Integer> nextMoment = new ArrayList<>();
    private long order;

    Timeline(GeneratorOptions options, List<Language> languages, Background background, Plan plan, Dice dice) {
        this.options = options;
        this.languages = languages;
        this.background = background;
        this.plan = plan;
        this.dice = dice;
        this.waiting = new ArrayList<>(plan.plantings());
    }

    void play(Sink sink, GeneratorProgress progress) throws IOException {
        for (long minute = options.startMs(); minute < options.endMs(); minute += MINUTE_MS) {
            for (Draft draft : drafts(minute)) {
                send(write(draft));
            }
            drain(sink, minute + MINUTE_MS);
            progress.reached(
                    minute + MINUTE_MS - options.startMs(), options.duration().toMillis());
        }
        drain(sink, options.endMs());
    }

    private List<Draft> drafts(long minute) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < languages.size(); i++) {
            Language language = languages.get(i);
            double rate = options.postsPerMinute() * language.share() / 100 * language.activity(minute);
            for (int posts = dice.poisson(rate); posts > 0; posts--) {
                drafts.add(new Draft(minute + dice.below((int) MINUTE_MS), i, null, 0));
            }
        }
        while (!waiting.isEmpty() && waiting.get(0).first() < minute + MINUTE_MS) {
            running.add(waiting.remove(0));
            nextMoment.add(0);
        }
        for (int i = 0; i < running.size(); i++) {
            Planting planting = running.get(i);
            int moment = nextMoment.get(i);
            while (moment < planting.times.length && planting.times[moment] < minute + MINUTE_MS) {
                drafts.add(new Draft(planting.times[moment], 0, planting, moment));
                moment++;
            }
            nextMoment.set(i, moment);
        }
        drafts.sort((a, b) -> Long.compare(a.time, b.time));
        return drafts;
    }

    private Status write(Draft draft) {
        // A snowflake: milliseconds, worker, sequence. The sequence runs on, so that no two are alike.
        long id = draft.time - SNOWFLAKE_EPOCH_MS << 22 | (order & 7) << 12 | order++ >>> 3 & 0xfff;
        return draft.planting == null
                ? background.write(draft.language, draft.time, id)
                : draft.planting.write(draft.moment, id);
    }

    private void send(Status status) {
        double delay = dice.chance(LATE) ? dice.between(12_000, 120_000) : Math.min(8_000, dice.exponential(600));
        long arrival = status.time() + (long) delay;
        underway.add(new Line(arrival, order++, status, 0, false));
        if (dice.chance(REPEATED)) {
            underway.add(new Line(arrival + 1_000 + dice.below(30_000), order++, status, 0, true));
        }
        if (dice.chance(DELETED)) {
            long deletedAt = arrival + 5_000 + (long) dice.exponential(20 * MINUTE_MS);
            underway.add(new Line(deletedAt + 100, order++, status, deletedAt, false));
        }
    }

    private void drain(Sink sink, long until) throws IOException {
        while (!underway.isEmpty() && underway.peek().arrival() < until) {
            Line line = underway.poll();
            if (!plan.down(line.arrival())) {
                sink.accept(line);
            }
        }
    }
}
