package freshet.trends.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.TimeMarker;
import freshet.trends.contract.Hash64;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import freshet.trends.extract.PartitionExtract.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class PartitionExtractTest {

    private static final Uuid TOPIC = new Uuid(3, 4);
    private static final int TARGETS = 4;
    private static final long NOON = 1_448_020_800_000L;
    private static final long HOUR = 3_600_000;
    private static final ExtractSettings SETTINGS = new ExtractSettings(10_000, HOUR);

    private final PartitionExtract extract = fresh();
    private long offset;

    private static PartitionExtract fresh() {
        PartitionExtract extract = new PartitionExtract(TOPIC, 2, 6, TARGETS, SETTINGS);
        return extract;
    }

    private static Post post(String id, long time, String author, String... tags) {
        Post.Author by = new Post.Author(author, null, null, null);
        return new Post(id, "s", time, null, null, null, by, List.of(tags), null, "text", null, null);
    }

    private static Retraction deleted(String id) {
        return new Retraction("s", id, null, NOON);
    }

    private Outcome give(PostsRecord record) throws MalformedRecordException {
        if (offset == 0) {
            extract.begin(0);
        }
        return extract.apply(offset++, record.time(), PostCodec.encode(record));
    }

    private List<Row> flushed() {
        List<Row> rows = new ArrayList<>();
        extract.flush().forEach(batch -> rows.addAll(batch.rows()));
        return rows;
    }

    @Test
    void everyTargetLearnsWhatWasReadAndWhereTheClockStands() throws Exception {
        give(post("1", NOON, "a", "x"));
        give(new TimeMarker(NOON + 60_000));
        List<HashtagUses> batches = extract.flush();
        assertThat(batches).hasSize(TARGETS).allSatisfy(batch -> {
            assertThat(batch.sourceTopic()).isEqualTo(TOPIC);
            assertThat(batch.sourcePartition()).isEqualTo(2);
            assertThat(batch.sourcePartitions()).isEqualTo(6);
            assertThat(batch.from()).isZero();
            assertThat(batch.to()).isEqualTo(2);
            assertThat(batch.watermark()).isEqualTo(NOON + 50_000);
        });
        assertThat(extract.flush()).isEmpty();
    }

    @Test
    void aTagGoesToItsPartitionFoldedAndOnce() throws Exception {
        give(post("1", NOON, "a", "Ｅclipse", "ECLIPSE", "moon"));
        List<HashtagUses> batches = extract.flush();
        assertThat(batches.get(Hash64.partition("eclipse", TARGETS)).rows())
                .flatExtracting(Row::uses)
                .contains(new Use("eclipse", "Ｅclipse"));
        List<Row> rows = new ArrayList<>();
        batches.forEach(batch -> rows.addAll(batch.rows()));
        assertThat(rows).flatExtracting(Row::uses).extracting(Use::tag).containsExactlyInAnyOrder("eclipse", "moon");
        assertThat(rows).extracting(Row::tags).containsOnly(List.of("eclipse", "moon"));
    }

    @Test
    void everyPostStandsInTheTotalsOfExactlyOneTarget() throws Exception {
        give(post("1", NOON, "a"));
        give(post("2", NOON, "a", "x", "y", "z", "w", "v"));
        assertThat(flushed()).filteredOn(Row::total).extracting(Row::postId).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void aPostOlderThanTheWatermarkBeforeItIsLate() throws Exception {
        give(post("1", NOON, "a", "x"));
        assertThat(give(post("2", NOON - 10_000, "a", "x"))).isEqualTo(Outcome.COUNTED);
        assertThat(give(post("3", NOON - 10_001, "a", "x"))).isEqualTo(Outcome.LATE);
        assertThat(flushed()).filteredOn(Row::late).singleElement().satisfies(row -> {
            assertThat(row.postId()).isEqualTo("3");
            assertThat(row.uses()).isEmpty();
        });
    }

    @Test
    void aPostSeenWithinTheHourIsADuplicateAndEachSightingCounts() throws Exception {
        give(post("1", NOON, "a", "x"));
        give(new TimeMarker(NOON + HOUR));
        assertThat(give(post("1", NOON, "a", "x"))).isEqualTo(Outcome.DUPLICATE);
        give(new TimeMarker(NOON + 2 * HOUR));
        assertThat(give(post("1", NOON, "a", "x"))).isEqualTo(Outcome.DUPLICATE);
        give(new TimeMarker(NOON + 3 * HOUR + 1));
        assertThat(give(post("1", NOON + 3 * HOUR, "a", "x"))).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void theSameIdFromAnotherSourceIsAnotherPost() throws Exception {
        give(post("1", NOON, "a", "x"));
        Post.Author by = new Post.Author("a", null, null, null);
        Post other = new Post("1", "t", NOON, null, null, null, by, List.of("x"), null, "text", null, null);
        assertThat(give(other)).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void aRetractionRepeatsTheRowsFromTheWatermarkOn() throws Exception {
        give(post("1", NOON, "a", "x", "y"));
        List<Row> written = flushed();
        give(new TimeMarker(NOON + 90_000));
        assertThat(give(deleted("1"))).isEqualTo(Outcome.RETRACTED);
        List<Row> taken = flushed();
        assertThat(taken).hasSameSizeAs(written).allSatisfy(row -> {
            assertThat(row.sign()).isEqualTo(-1);
            assertThat(row.at()).isEqualTo(2);
            assertThat(row.offset()).isZero();
            assertThat(row.holdsFrom()).isEqualTo(NOON + 80_000);
        });
        assertThat(taken)
                .flatExtracting(Row::uses)
                .containsExactlyInAnyOrderElementsOf(
                        written.stream().flatMap(row -> row.uses().stream()).toList());
    }

    @Test
    void whatWasNotCountedIsNotRetracted() throws Exception {
        give(post("1", NOON, "a", "x"));
        give(post("late", NOON - 60_000, "a", "x"));
        assertThat(give(deleted("late"))).isEqualTo(Outcome.NOTHING_RETRACTED);
        assertThat(give(deleted("unknown"))).isEqualTo(Outcome.NOTHING_RETRACTED);
        assertThat(give(deleted("1"))).isEqualTo(Outcome.RETRACTED);
        assertThat(give(deleted("1"))).isEqualTo(Outcome.NOTHING_RETRACTED);
        assertThat(give(post("1", NOON, "a", "x"))).isEqualTo(Outcome.DUPLICATE);
        assertThat(give(deleted("1"))).isEqualTo(Outcome.NOTHING_RETRACTED);
    }

    @Test
    void anAuthorsRetractionTakesBackAllTheirPosts() throws Exception {
        give(post("1", NOON, "a", "x"));
        give(post("2", NOON, "b", "x"));
        give(post("3", NOON, "a", "y"));
        flushed();
        assertThat(give(new Retraction("s", null, "a", NOON))).isEqualTo(Outcome.RETRACTED);
        assertThat(flushed()).filteredOn(Row::total).extracting(Row::postId).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void aRetractionReachesAsFarAsAnySlideIsOpen() throws Exception {
        give(post("1", NOON, "a", "x"));
        give(post("2", NOON + 1, "a", "x"));
        give(new TimeMarker(NOON + HOUR + 10_001));
        assertThat(give(deleted("1"))).isEqualTo(Outcome.NOTHING_RETRACTED);
        assertThat(give(deleted("2"))).isEqualTo(Outcome.RETRACTED);
    }

    @Test
    void tagsAreFoundInTheTextWhereTheRecordHasNone() throws Exception {
        extract.begin(0);
        extract.apply(
                0,
                NOON,
                ("{\"id\":\"1\",\"source\":\"s\",\"created_at\":\"2015-11-20T12:00:00Z\",\"author\":"
                                + "{\"id\":\"a\"},\"text\":\"see #Eclipse at https://example.com/#no\"}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(flushed()).flatExtracting(Row::uses).containsExactly(new Use("eclipse", "Eclipse"));
    }

    @Test
    void tenThousandTagsCountAsAHundred() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add("t" + i);
        }
        give(post("1", NOON, "a", many.toArray(String[]::new)));
        assertThat(flushed()).flatExtracting(Row::uses).hasSize(ExtractSettings.TAGS_MAX);
    }

    @Test
    void whatCannotBeBelievedIsRefusedAndCountsAsRead() throws Exception {
        extract.begin(0);
        byte[] junk = "{\"id\":".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> extract.apply(0, NOON, junk)).isInstanceOf(MalformedRecordException.class);
        byte[] future = PostCodec.encode(post("1", 4_070_908_800_000L, "a", "x"));
        assertThatThrownBy(() -> extract.apply(1, NOON, future)).hasMessageContaining("ahead");
        byte[] lengthy = PostCodec.encode(post("1".repeat(600), NOON, "a", "x"));
        assertThatThrownBy(() -> extract.apply(2, NOON, lengthy)).hasMessageContaining("600 characters");
        assertThatThrownBy(() -> extract.apply(3, NOON, null)).hasMessageContaining("no value");
        assertThat(extract.flush()).allSatisfy(batch -> {
            assertThat(batch.to()).isEqualTo(4);
            assertThat(batch.watermark()).isEqualTo(HashtagUses.NO_WATERMARK);
        });
    }

    @Test
    void aSuccessorGoesOnAsIfNothingHadHappened() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<byte[]> log = randomPosts(random, 300);
            int handover = random.nextInt(log.size());
            PartitionExtract first = fresh();
            first.begin(0);
            List<HashtagUses> whole = new ArrayList<>();
            String note = null;
            for (int i = 0; i < log.size(); i++) {
                if (i == handover) {
                    first.flush();
                    note = first.note();
                }
                apply(first, i, log.get(i));
            }
            whole.addAll(first.flush());
            PartitionExtract second = fresh();
            for (int i = (int) second.resume(handover, note); i < log.size(); i++) {
                apply(second, i, log.get(i));
            }
            assertThat(second.flush()).as("seed %d", seed).isEqualTo(whole);
        }
    }

    /** Where blocks are kept; several may write into it. */
    private static final class Kept {
        final List<byte[]> blocks = new ArrayList<>();

        void journal(PartitionExtract extract) {
            List<Long> offsets = new ArrayList<>();
            for (byte[] block : extract.journal()) {
                offsets.add((long) blocks.size());
                blocks.add(block);
            }
            extract.journaled(offsets);
        }

        void read(long from, long to, PartitionExtract.StoredBlocks.Taker taker) throws IOException {
            for (long at = from; at <= to; at++) {
                taker.take(at, blocks.get((int) at));
            }
        }
    }

    /** Crashes between any two records, after blocks that were never committed, again and again. */
    @Test
    void successorsGoOnByTheirJournalAsIfNothingHadHappened() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<byte[]> log = randomPosts(random, 400);
            PartitionExtract undisturbed = fresh();
            undisturbed.begin(0);
            Map<Long, List<Row>> expected = new TreeMap<>();
            for (int i = 0; i < log.size(); i++) {
                apply(undisturbed, i, log.get(i));
            }
            gather(undisturbed.flush(), expected);

            Kept kept = new Kept();
            Map<Long, List<Row>> actual = new TreeMap<>();
            PartitionExtract owner = fresh();
            owner.begin(0);
            int committed = 0;
            String note = null;
            for (int i = 0; i < log.size(); i++) {
                apply(owner, i, log.get(i));
                int dice = random.nextInt(30);
                if (dice < 5) {
                    gather(owner.flush(), actual);
                    kept.journal(owner);
                    if (dice < 3) {
                        committed = i + 1;
                        note = owner.note();
                    }
                } else if (dice == 5 && note != null) {
                    owner = fresh();
                    i = (int) owner.resume(committed, note, kept::read) - 1;
                    assertThat(i + 1).as("nothing is read again").isEqualTo(committed);
                }
            }
            gather(owner.flush(), actual);
            assertThat(actual).as("seed %d", seed).isEqualTo(expected);
        }
    }

    /** Rows by the record that they came of; what is handed over again is equal. */
    private static void gather(List<HashtagUses> batches, Map<Long, List<Row>> rows) {
        Map<Long, List<Row>> batch = new TreeMap<>();
        batches.forEach(each -> each.rows()
                .forEach(row ->
                        batch.computeIfAbsent(row.at(), at -> new ArrayList<>()).add(row)));
        batch.forEach((at, each) -> {
            List<Row> before = rows.put(at, each);
            assertThat(before == null ? each : before).isEqualTo(each);
        });
    }

    /** Blocks are full after any post; another owner, of whom nothing is committed, had just written down all before it. */
    @Test
    void aRetractionOfManyPostsStandsInOneBlock() throws Exception {
        for (int others = 1_200; others < 1_800; others += 50) {
            List<byte[]> log = new ArrayList<>();
            for (int i = 0; i < 1_000 + others; i++) {
                log.add(PostCodec.encode(post("p" + i, NOON + i, i < 1_000 ? "a" : "b", "x")));
            }
            byte[] retraction = PostCodec.encode(new Retraction("s", null, "a", NOON));
            log.add(retraction);
            Kept kept = new Kept();
            PartitionExtract owner = fresh();
            owner.begin(0);
            for (int i = 0; i < log.size(); i++) {
                if (i == 1_000) {
                    owner.flush();
                    kept.journal(owner);
                    PartitionExtract zombie = fresh();
                    zombie.resume(i, owner.note(), kept::read);
                    for (int j = i; j < 1_000 + others; j++) {
                        apply(zombie, j, log.get(j));
                    }
                    zombie.flush();
                    kept.journal(zombie);
                }
                apply(owner, i, log.get(i));
            }
            owner.flush();
            kept.journal(owner);

            PartitionExtract successor = fresh();
            successor.resume(log.size(), owner.note(), kept::read);

            assertThat(successor.apply(log.size(), NOON, retraction))
                    .as("%d others", others)
                    .isEqualTo(Outcome.NOTHING_RETRACTED);
        }
    }

    @Test
    void aJournalReachesBackNoFurtherThanPostsAreRemembered() throws Exception {
        Kept kept = new Kept();
        for (int minute = 0; minute < 200; minute++) {
            give(post("p" + minute, NOON + 60_000L * minute, "a", "x"));
            extract.flush();
            kept.journal(extract);
        }
        // An hour and ten seconds, and what stands in one block with the first post of that.
        assertThat(extract.journalNeededFrom()).isBetween(200L - 65, 200L - 61);
        PartitionExtract second = fresh();
        second.resume(offset, extract.note(), kept::read);
        assertThat(second.journalNeededFrom()).isEqualTo(extract.journalNeededFrom());
    }

    @Test
    void aJournalThatIsDamagedOrCutShortIsRefused() throws Exception {
        Kept kept = new Kept();
        for (int i = 0; i < 3; i++) {
            give(post("p" + i, NOON + i, "a", "x"));
            extract.flush();
            kept.journal(extract);
        }
        String note = extract.note();
        byte[] whole = kept.blocks.get(1);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            kept.blocks.set(1, damaged);
            assertThatThrownBy(() -> fresh().resume(3, note, kept::read))
                    .as("byte %d", at)
                    .isInstanceOf(IOException.class);
        }
        kept.blocks.set(1, whole);
        kept.blocks.set(2, whole);
        assertThatThrownBy(() -> fresh().resume(3, note, kept::read))
                .hasMessageContaining("ends at offset 2 and not at 3");
    }

    @Test
    void aNoteOfBeforeThereWereJournalsIsUnderstood() throws Exception {
        assertThat(fresh().resume(50, "extract-1 " + TOPIC + " 6 4 0 20 " + NOON, (from, to, taker) -> {
                    throw new AssertionError("there is nothing to read");
                }))
                .isEqualTo(20);
    }

    private static void apply(PartitionExtract extract, int offset, byte[] value) {
        try {
            extract.apply(offset, NOON * 2, value);
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static List<byte[]> randomPosts(Random random, int count) {
        List<byte[]> log = new ArrayList<>();
        long clock = NOON;
        for (int i = 0; i < count; i++) {
            clock += random.nextInt(20) == 0 ? random.nextInt(1_500_000) : random.nextInt(120_000);
            String id = Integer.toString(random.nextInt(80));
            String author = Integer.toString(random.nextInt(20));
            PostsRecord record = switch (random.nextInt(6)) {
                case 0 -> new Retraction("s", id, null, clock);
                case 1 -> random.nextInt(4) == 0 ? new Retraction("s", null, author, clock) : new TimeMarker(clock);
                default -> post(id, clock - random.nextInt(15_000), author, "t" + random.nextInt(5));
            };
            log.add(PostCodec.encode(record));
        }
        return Collections.unmodifiableList(log);
    }

    @Test
    void aSuccessorRefusesAnotherTopicOrOtherPartitionCounts() throws Exception {
        give(post("1", NOON, "a", "x"));
        extract.flush();
        String note = extract.note();
        PartitionExtract anew = new PartitionExtract(new Uuid(9, 9), 2, 6, TARGETS, SETTINGS);
        assertThatThrownBy(() -> anew.resume(1, note)).hasMessageContaining("made anew");
        PartitionExtract wider = new PartitionExtract(TOPIC, 2, 8, TARGETS, SETTINGS);
        assertThatThrownBy(() -> wider.resume(1, note)).hasMessageContaining("from 6 to 8");
        assertThatThrownBy(() -> fresh().resume(1, "?")).hasMessageContaining("something else commits");
    }
}
