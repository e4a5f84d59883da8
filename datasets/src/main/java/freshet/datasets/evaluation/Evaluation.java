package freshet.datasets.evaluation;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import freshet.datasets.truth.Truth;
import freshet.trends.time.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays a recording through the job's own steps and compares what was found with the truth.
 *
 * <pre>{@code
 * Report report = new Evaluation(EvaluationOptions.of(recording, Truth.beside(recording))).run((read, of) -> {});
 * System.out.print(Evaluation.table(report));
 * }</pre>
 */
public final class Evaluation {

    private static final double DAY_MS = 86_400_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Hears how much of the recording has been read. */
    @FunctionalInterface
    public interface Progress {
        void read(long bytes, long ofBytes);
    }

    private final EvaluationOptions options;

    public Evaluation(EvaluationOptions options) {
        this.options = options;
    }

    /**
     * Runs it, in this thread.
     *
     * @throws IOException with one line when the recording or its truth can't be read
     */
    public Report run(Progress progress) throws IOException, InterruptedException {
        Truth truth = Truth.read(options.truth());
        Map<String, Sightings> sightings = new LinkedHashMap<>();
        for (Window window : options.count().windows().all()) {
            sightings.put(window.name(), new Sightings());
        }
        long began = System.nanoTime();
        Replay replay =
                new Replay(options, ranking -> sightings.get(ranking.window()).accept(ranking));
        replay.run(progress);
        double seconds = (System.nanoTime() - began) / 1e9;
        Judge judge = new Judge(truth);
        List<Report.WindowReport> windows = new ArrayList<>();
        sightings.forEach((window, seen) -> windows.add(judge.judge(window, seen, replay.spanMs())));
        return new Report(
                options.recording().getFileName().toString(),
                replay.posts(),
                replay.unreadable(),
                replay.spanMs() / DAY_MS,
                seconds,
                windows);
    }

    /** For people. */
    public static String table(Report report) {
        return ReportTable.of(report);
    }

    /** For programs. */
    public static String json(Report report) throws IOException {
        return JSON.writeValueAsString(report);
    }
}
