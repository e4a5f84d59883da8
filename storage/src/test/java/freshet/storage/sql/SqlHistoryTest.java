package freshet.storage.sql;

import static freshet.storage.RankingSamples.T0;
import static freshet.storage.RankingSamples.ranking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import freshet.storage.history.HistoryWriter.Stretch;
import freshet.storage.history.Moment;
import freshet.storage.history.TagSeen;
import freshet.storage.history.TimelinePoint;
import freshet.trends.contract.Band;
import freshet.trends.contract.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlHistoryTest {

    private static final Stream REPLAY = new Stream("eclipse");
    private static final Board BOARD = new Board(REPLAY, "10m", "all");

    @TempDir
    Path folder;

    private SqlDatabase database;
    private long offset;

    @BeforeEach
    void open() throws IOException {
        database = SqlDatabase.open(HistoryConfig.of(folder.resolve("data/history.db")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFirstFinalOfAMinuteIsKept() {
        store(
                ranking("10m", T0, "a:steady:5"),
                ranking("10m", T0.plusSeconds(10), "a:steady:6"),
                ranking("10m", T0.plusSeconds(60), "a:steady:7"));

        assertThat(at(T0.plusSeconds(59)).at()).isEqualTo(T0);
        assertThat(at(T0.plusSeconds(60)).trends().get(0).authors()).isEqualTo(7);
    }

    @Test
    void aChangeOfStateIsKeptWithinTheMinute() {
        store(
                ranking("10m", T0, "a:breaking:5"),
                ranking("10m", T0.plusSeconds(10), "a:breaking:6"),
                ranking("10m", T0.plusSeconds(20), "a:rising:7"));

        assertThat(at(T0.plusSeconds(19)).at()).isEqualTo(T0);
        assertThat(at(T0.plusSeconds(20)).at()).isEqualTo(T0.plusSeconds(20));
    }

    @Test
    void comingAndLeavingAreChanges() {
        store(
                ranking("10m", T0, "a:breaking:5"),
                ranking("10m", T0.plusSeconds(10), "a:breaking:5", "b:breaking:4"),
                ranking("10m", T0.plusSeconds(20), "a:breaking:5"));

        assertThat(at(T0.plusSeconds(10)).trends()).hasSize(2);
        assertThat(at(T0.plusSeconds(20)).trends()).hasSize(1);
    }

    @Test
    void anEarlyRankingIsNotHistory() {
        store(ranking("10m", T0, false, "a:breaking:5"));

        assertThat(database.history().rankingAt(BOARD, T0)).isEmpty();
    }

    @Test
    void aRankingComesBackAsItWas() {
        Ranking whole = ranking("10m", T0, "日蝕:breaking:5", "خسوف:rising:9");
        store(whole);

        assertThat(at(T0)).isEqualTo(whole);
    }

    @Test
    void beforeTheFirstFinalThereIsNone() {
        store(ranking("10m", T0, "a:breaking"));

        assertThat(database.history().rankingAt(BOARD, T0.minusMillis(1))).isEmpty();
        assertThat(database.history().rankingAfter(BOARD, T0.minusMillis(1)).map(Ranking::at))
                .contains(T0);
        assertThat(database.history().rankingAfter(BOARD, T0)).isEmpty();
    }

    @Test
    void timesNoClockReachesAreAnswered() {
        store(ranking("10m", T0, "a:breaking"));

        assertThat(database.history().rankingAt(BOARD, Instant.MAX)).isPresent();
        assertThat(database.history().rankingAt(BOARD, Instant.MIN)).isEmpty();
        assertThat(database.history().timeline(BOARD, "a", Instant.MIN, Instant.MAX, 10))
                .hasSize(1);
    }

    @Test
    void aTimelineHoldsEveryMinuteAndEachChange() {
        store(
                ranking("10m", T0, "a:breaking:5", "b:steady:5"),
                ranking("10m", T0.plusSeconds(20), "a:rising:9", "b:steady:6"),
                ranking("10m", T0.plusSeconds(60), "a:rising:8", "b:steady:7"));

        assertThat(timeline("a", 100)).extracting(TimelinePoint::authors).containsExactly(5L, 9L, 8L);
        assertThat(timeline("b", 100)).extracting(TimelinePoint::authors).containsExactly(5L, 7L);
    }

    @Test
    void aThinnedTimelineKeepsThePeak() {
        for (int minute = 0; minute < 600; minute++) {
            store(ranking("10m", T0.plusSeconds(60L * minute), "a:steady:" + (minute == 333 ? 999 : 5)));
        }

        List<TimelinePoint> points = database.history().timeline(BOARD, "a", T0, T0.plusSeconds(36_000), 50);

        assertThat(points).hasSizeLessThanOrEqualTo(51).anyMatch(point -> point.authors() == 999);
    }

    @Test
    void momentsSayHowBusyAStretchWas() {
        store(
                ranking("10m", T0, "a:breaking"),
                ranking("10m", T0.plusSeconds(60), "a:steady", "b:breaking"),
                ranking("10m", T0.plusSeconds(7200), "a:steady"));

        assertThat(database.history().moments(BOARD, T0, T0.plusSeconds(7200), 3))
                .containsExactly(new Moment(T0, 2, 1), new Moment(T0.plusSeconds(7200), 1, 0));
    }

    @Test
    void tagsAreFoundByPrefixTheLatestFirst() {
        store(
                ranking("10m", T0, "éclair:steady", "eclipse:steady:7", "eclipse2026:steady"),
                ranking("10m", T0.plusSeconds(60), "eclipse2026:steady", "ecl%:steady"));

        assertThat(database.history().tags(REPLAY, "eclipse", 10))
                .extracting(TagSeen::tag)
                .containsExactly("eclipse2026", "eclipse");
        assertThat(database.history().tags(REPLAY, "ecl%", 10))
                .extracting(TagSeen::tag)
                .containsExactly("ecl%");
        assertThat(database.history().tags(Stream.LIVE, "e", 10)).isEmpty();
        assertThat(database.history().tag(REPLAY, "eclipse"))
                .contains(new TagSeen("eclipse", "#eclipse", T0, T0, 7, "10m"));
    }

    @Test
    void streamsAndWindowsAreBoardsApart() {
        store(ranking("10m", T0, "a:steady"), ranking("1m", T0.plusSeconds(1), "a:steady"));

        assertThat(database.history().boards())
                .extracting(seen -> seen.board().window() + seen.first())
                .containsExactly("10m" + T0, "1m" + T0.plusSeconds(1));
    }

    @Test
    void aPositionIsStoredWithWhatWasRead() {
        assertThat(database.writer().position(REPLAY, "trends", 0)).isEmpty();

        store(ranking("10m", T0, "a:steady"), ranking("10m", T0.plusSeconds(1), "a:steady"));

        assertThat(database.writer().position(REPLAY, "trends", 0)).hasValue(2);
    }

    @Test
    void anotherTopicOfTheSameNameIsAnotherHistory() {
        store(ranking("10m", T0, "a:steady"));

        assertThat(database.writer().adopt(REPLAY, "trends", "topic-1")).isFalse();
        assertThat(database.writer().adopt(REPLAY, "trends", "topic-2")).isTrue();

        assertThat(database.history().boards()).isEmpty();
        assertThat(database.history().tags(REPLAY, "", 10)).isEmpty();
        assertThat(database.writer().position(REPLAY, "trends", 0)).isEmpty();
        store(ranking("10m", T0.minusSeconds(60), "a:steady"));
        assertThat(at(T0).at()).isEqualTo(T0.minusSeconds(60));
    }

    @Test
    void whatIsOlderThanTheRetentionGoes() throws IOException {
        database.close();
        database = SqlDatabase.open(
                new HistoryConfig(folder.resolve("short.db"), Duration.ofHours(2), Duration.ofHours(4)));
        for (int hour = 0; hour <= 10; hour++) {
            store(ranking("10m", T0.plusSeconds(3600L * hour), "tag" + hour + ":steady"));
        }

        assertThat(database.history().boards().get(0).first()).isEqualTo(T0.plusSeconds(3600 * 8));
        assertThat(database.history().tags(REPLAY, "tag", 100)).hasSize(5);
    }

    @Test
    void aRetractionIsOfAPostOrOfAllThatItsAuthorWroteUntilThen() {
        Stretch stretch = new Stretch(REPLAY, "posts", "topic-3", 2, 0, 10);
        database.writer()
                .retractions(
                        stretch,
                        List.of(
                                new Retraction("twitter", "7", null, T0.toEpochMilli()),
                                new Retraction("twitter", null, "ann", T0.toEpochMilli())));

        assertThat(retracted("twitter", "7", "bob", T0)).isTrue();
        assertThat(retracted("bluesky", "7", "bob", T0)).isFalse();
        assertThat(retracted("twitter", "8", "bob", T0)).isFalse();
        assertThat(retracted("twitter", "8", "ann", T0)).isTrue();
        assertThat(retracted("twitter", "8", "ann", T0.plusSeconds(1))).isFalse();
    }

    @Test
    void aDatabaseKeepsItsNameAndItsHistory() throws IOException {
        String id = database.writer().id();
        store(ranking("10m", T0, "a:steady"));
        database.close();

        database = SqlDatabase.open(HistoryConfig.of(folder.resolve("data/history.db")));

        assertThat(database.writer().id()).isEqualTo(id);
        assertThat(at(T0).trends()).hasSize(1);
    }

    @Test
    void aDatabaseFromBeforeThereWereBandsIsTakenUp() throws Exception {
        Path file = folder.resolve("old.db");
        String url = "jdbc:sqlite:" + file;
        try (Connection connection = DriverManager.getConnection(url)) {
            new Migrations("sqlite", List.of("1-history.sql")).apply(connection);
            connection
                    .createStatement()
                    .execute("INSERT INTO board VALUES (1, 'eclipse', '10m', 'all', " + T0.toEpochMilli() + ")");
            connection
                    .createStatement()
                    .execute("INSERT INTO trend VALUES (1, 'a', " + T0.toEpochMilli()
                            + ", 'life', 1, 'breaking', 9, 8, 0.5, 7.0)");
            connection.commit();
        }
        database.close();

        database = SqlDatabase.open(HistoryConfig.of(file));
        store(ranking("10m", T0.plusSeconds(60), "a:breaking:9"));

        assertThat(timeline("a", 10)).extracting(TimelinePoint::authors).containsExactly(8L, 9L);
        assertThat(timeline("a", 10)).extracting(TimelinePoint::band).containsExactly(null, new Band(0, 6));
    }

    @Test
    void aFileThatIsNoDatabaseStopsTheStartWithOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("no.db"), "certainly not a database, but long enough for one");

        assertThatThrownBy(() -> SqlDatabase.open(HistoryConfig.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot open the history")
                .hasMessageContaining("no.db")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aSchemaOfANewerReleaseStopsTheStart() throws Exception {
        Path file = folder.resolve("newer.db");
        SqlDatabase.open(HistoryConfig.of(file)).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().execute("INSERT INTO schema_version VALUES (99)");
        }

        assertThatThrownBy(() -> SqlDatabase.open(HistoryConfig.of(file))).hasMessageContaining("newer release");
    }

    private boolean retracted(String source, String post, String author, Instant at) {
        return database.history().retracted(REPLAY, source, post, author, at);
    }

    private Ranking at(Instant at) {
        return database.history().rankingAt(BOARD, at).orElseThrow();
    }

    private List<TimelinePoint> timeline(String tag, int limit) {
        return database.history().timeline(BOARD, tag, T0, T0.plusSeconds(3600), limit);
    }

    private void store(Ranking... rankings) {
        database.writer()
                .rankings(
                        new Stretch(REPLAY, "trends", "topic-1", 0, offset, offset += rankings.length),
                        List.of(rankings));
    }
}
