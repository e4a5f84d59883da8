package freshet.storage.sql;

import static freshet.storage.RankingSamples.T0;
import static freshet.storage.RankingSamples.ranking;
import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.Stream;
import freshet.storage.cache.CachedHistory;
import freshet.storage.history.Board;
import freshet.storage.history.HistoryWriter.Stretch;
import freshet.storage.history.TrendHistory;
import freshet.trends.contract.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Batches of any size, read again from any earlier place, by a writer that was started anew at any moment. */
class RedeliveryProperties {

    private static final String[] STATES = {"breaking", "rising", "steady", "fading"};

    @Property(tries = 25)
    void aHistoryIsTheSameHoweverItsFinalsWereDelivered(@ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int n)
            throws IOException {
        Random random = new Random(seed);
        List<Ranking> log = log(random, n);
        Path folder = Files.createTempDirectory("history");

        List<Object> once;
        try (SqlDatabase database = SqlDatabase.open(HistoryConfig.of(folder.resolve("once.db")))) {
            deliver(database, log, 0, n);
            once = answers(database.history(), log);
        }
        Path file = folder.resolve("again.db");
        SqlDatabase database = SqlDatabase.open(HistoryConfig.of(file));
        for (int next = 0; next < n; ) {
            int from = random.nextInt(4) == 0 ? random.nextInt(next + 1) : next;
            int to = Math.min(n, from + 1 + random.nextInt(10));
            deliver(database, log, from, to);
            next = Math.max(next, to);
            if (random.nextInt(5) == 0) {
                database.close();
                database = SqlDatabase.open(HistoryConfig.of(file));
            }
        }

        assertThat(answers(database.history(), log)).isEqualTo(once);
        database.close();
    }

    @Property(tries = 15)
    void aCacheNeverChangesAnAnswer(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) throws IOException {
        Random random = new Random(seed);
        List<Ranking> log = log(random, n);
        Path folder = Files.createTempDirectory("history");

        try (SqlDatabase database = SqlDatabase.open(HistoryConfig.of(folder.resolve("h.db")))) {
            CachedHistory cached = new CachedHistory(database.history());
            for (int next = 0; next < n; ) {
                int to = Math.min(n, next + 1 + random.nextInt(6));
                deliver(database, log, next, to);
                next = to;
                assertThat(answers(cached, log)).isEqualTo(answers(database.history(), log));
            }
        }
    }

    private static List<Ranking> log(Random random, int n) {
        List<Ranking> log = new ArrayList<>();
        Instant at = T0;
        for (int i = 0; i < n; i++) {
            at = at.plusSeconds(random.nextInt(6) == 0 ? 60 * random.nextInt(90) : 10);
            List<String> trends = new ArrayList<>();
            for (String tag : List.of("a", "b", "c")) {
                if (random.nextInt(5) > 0) {
                    String state = STATES[random.nextInt(10) == 0 ? random.nextInt(4) : 2];
                    trends.add(tag + ":" + state + ":" + random.nextInt(100));
                }
            }
            log.add(ranking("10m", at, random.nextInt(6) > 0, trends.toArray(new String[0])));
        }
        return log;
    }

    private static void deliver(SqlDatabase database, List<Ranking> log, int from, int to) {
        database.writer().rankings(new Stretch(Stream.LIVE, "trends", "id", 0, from, to), log.subList(from, to));
    }

    private static List<Object> answers(TrendHistory history, List<Ranking> log) {
        Board board = new Board(Stream.LIVE, "10m", "all");
        List<Object> answers = new ArrayList<>();
        for (Ranking ranking : log) {
            answers.add(history.rankingAt(board, ranking.at()));
            answers.add(history.rankingAfter(board, ranking.at()));
        }
        answers.add(history.rankingAt(board, T0.plusSeconds(1_000_000)));
        for (String tag : List.of("a", "b", "c")) {
            answers.add(history.timeline(board, tag, T0, T0.plusSeconds(1_000_000), 10_000));
            answers.add(history.tag(Stream.LIVE, tag));
        }
        answers.add(history.moments(board, T0, T0.plusSeconds(1_000_000), 20));
        answers.add(history.boards());
        return answers;
    }
}
