package freshet.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Both indexes against a TreeMap, with entries saved or not, dropped again, or read by another process. */
class SparseIndexTest {
    private static final long BASE = 5_000_000_000L;

    private final TestDisk disk = new TestDisk();
    private final Path path = makeDirectory().resolve("index");

    private Path makeDirectory() {
        try {
            return Files.createDirectories(disk.directory());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private LogFile file() {
        return LogFile.fresh(disk.context().files(), path);
    }

    private LogFile reopened() throws IOException {
        return LogFile.existing(disk.context().files(), path, (int) Files.size(path));
    }

    @Property(tries = 100)
    void offsetsAreLookedUpAsInATreeMap(
            @ForAll @Size(max = 700) List<@IntRange(min = 1, max = 50) Integer> gaps,
            @ForAll @IntRange(min = 1, max = 300) int saveEvery,
            @ForAll @IntRange(max = 700) int keep)
            throws IOException {
        OffsetIndex index = new OffsetIndex(file(), BASE);
        TreeMap<Long, Integer> model = new TreeMap<>();
        long offset = BASE;
        for (int i = 0; i < gaps.size(); i++) {
            offset += gaps.get(i);
            index.append(offset, i * 100);
            model.put(offset, i * 100);
            if (i % saveEvery == 0) {
                index.save();
            }
        }
        check(index, model);
        index.truncateToPosition(keep * 100);
        model.values().removeIf(position -> position >= keep * 100);
        check(index, model);
        index.save();
        check(new OffsetIndex(reopened(), BASE), model);
    }

    private static void check(OffsetIndex index, TreeMap<Long, Integer> model) throws IOException {
        assertThat(index.count()).isEqualTo(model.size());
        long last = model.isEmpty() ? BASE : model.lastKey();
        for (long offset = BASE - 1; offset <= last + 1; offset += 1 + (last - BASE) / 500) {
            Map.Entry<Long, Integer> expected = model.floorEntry(offset);
            assertThat(index.lookup(offset))
                    .isEqualTo(expected == null ? null : new OffsetIndex.Entry(expected.getKey(), expected.getValue()));
        }
    }

    @Property(tries = 50)
    void timesAreLookedUpAsInATreeMap(
            @ForAll @Size(max = 700) List<@IntRange(min = 1, max = 50) Integer> gaps,
            @ForAll @IntRange(min = 1, max = 300) int saveEvery,
            @ForAll @IntRange(max = 700) int keep)
            throws IOException {
        TimeIndex index = new TimeIndex(file(), BASE);
        TreeMap<Long, Long> model = new TreeMap<>();
        long timestamp = 1_446_336_000_000L;
        long first = timestamp;
        for (int i = 0; i < gaps.size(); i++) {
            timestamp += gaps.get(i);
            index.append(timestamp, BASE + i);
            model.put(timestamp, BASE + i);
            if (i % saveEvery == 0) {
                index.save();
            }
        }
        index.truncateToOffset(BASE + keep);
        model.values().removeIf(offset -> offset >= BASE + keep);
        assertThat(index.count()).isEqualTo(model.size());
        for (long t = first - 1; t <= timestamp + 1; t += 1 + (timestamp - first) / 500) {
            Map.Entry<Long, Long> expected = model.floorEntry(t);
            assertThat(index.lookup(t))
                    .isEqualTo(expected == null ? null : new TimeIndex.Entry(expected.getKey(), expected.getValue()));
        }
    }

    @Test
    void anIndexIsFullWhenOneMoreEntryWouldNotFit() {
        OffsetIndex index = new OffsetIndex(file(), BASE);
        assertThat(index.isFull(8)).isFalse();
        index.append(BASE, 0);
        assertThat(index.isFull(8)).isTrue();
        assertThat(index.isFull(16)).isFalse();
    }
}
