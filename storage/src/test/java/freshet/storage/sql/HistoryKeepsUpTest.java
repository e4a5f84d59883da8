package freshet.storage.sql;

import static freshet.storage.RankingSamples.T0;
import static freshet.storage.RankingSamples.ranking;
import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.Stream;
import freshet.storage.history.HistoryWriter.Stretch;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.RankingCodec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay at full speed publishes tens of thousands of finals; the history must not lag behind it for long. */
@Tag("slow")
class HistoryKeepsUpTest {

    private static final int FINALS = 30_000;
    private static final int TRENDS = 20;
    private static final int BATCH = 500;

    @TempDir
    Path folder;

    @Test
    void thousandsOfFinalsASecondAreReadAndStored() throws IOException {
        String[] states = {"breaking", "rising", "steady", "fading"};
        List<byte[]> log = new ArrayList<>();
        for (int i = 0; i < FINALS; i++) {
            String[] trends = new String[TRENDS];
            for (int t = 0; t < TRENDS; t++) {
                trends[t] = "tag" + (t + i / 600) + ":" + states[(i + 37 * t) / 120 % 4] + ":" + (20 + i % 50);
            }
            log.add(RankingCodec.encode(ranking("1m", T0.plusSeconds(i), trends)));
        }
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (SqlDatabase database = SqlDatabase.open(HistoryConfig.of(folder.resolve("history.db")))) {
            for (int i = 0; i < FINALS; i += BATCH) {
                List<Ranking> batch = new ArrayList<>();
                for (byte[] value : log.subList(i, i + BATCH)) {
                    batch.add(RankingCodec.decode(value));
                }
                database.writer().rankings(new Stretch(Stream.LIVE, "trends", "id", 0, i, i + BATCH), batch);
            }
        }
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9;
        double perSecond = FINALS / cpuSeconds;
        System.out.printf(
                "%,.0f finals of %d trends a second of processor time; %,d bytes a final read, %,d bytes a final on disk%n",
                perSecond, TRENDS, log.get(0).length, Files.size(folder.resolve("history.db")) / FINALS);

        assertThat(perSecond).isGreaterThan(2_000);
    }
}
