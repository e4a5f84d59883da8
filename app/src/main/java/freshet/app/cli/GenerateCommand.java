package freshet.app.cli;

import freshet.datasets.generator.Generator;
import freshet.datasets.generator.GeneratorOptions;
import freshet.datasets.generator.GeneratorOptions.Format;
import freshet.datasets.truth.Truth;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a recording with planted breakouts, and its ground truth. */
@Command(
        name = "generate",
        description = "Makes a recording with planted breakouts, and their ground truth beside it.",
        footer = {
            "",
            "The same seed and options give the same bytes.",
            "",
            "Examples:",
            "  ./freshet generate world.ndjson.gz",
            "  ./freshet generate week.ndjson.zst --duration 7d --posts-per-minute 600 \\",
            "                     --breakouts 40 --seed 7",
            "  ./freshet up file:world.ndjson.gz --speed 120x"
        })
final class GenerateCommand implements Callable<Integer> {

    private static final GeneratorOptions DEFAULTS = GeneratorOptions.defaults(1);

    @Parameters(paramLabel = "FILE", description = "The recording to write: plain, .gz or .zst, by its name.")
    private Path file;

    @Option(names = "--seed", paramLabel = "N", description = "Where chance begins (default: 1).")
    private long seed = 1;

    @Option(names = "--start", paramLabel = "TIME", description = "Its first moment (default: 2026-10-02T12:00:00Z).")
    private Instant start = DEFAULTS.start();

    @Option(
            names = "--duration",
            paramLabel = "6h",
            converter = DurationConverter.class,
            description = "How much time it covers: 90m, 6h (the default), 7d.")
    private Duration duration = DEFAULTS.duration();

    @Option(names = "--posts-per-minute", paramLabel = "N", description = "Posts of the background (default: 100).")
    private double postsPerMinute = DEFAULTS.postsPerMinute();

    @Option(names = "--breakouts", paramLabel = "N", description = "Planted breakouts (default: 8).")
    private int breakouts = DEFAULTS.breakouts();

    @Option(names = "--campaigns", paramLabel = "N", description = "Spam campaigns (default: 2).")
    private int campaigns = DEFAULTS.campaigns();

    @Option(names = "--gaps", paramLabel = "N", description = "Times when the source is down (default: 0).")
    private int gaps = DEFAULTS.gaps();

    @Option(
            names = "--format",
            paramLabel = "twitter|canonical",
            description = "How lines are written (default: twitter).")
    private Format format = DEFAULTS.format();

    @Option(names = "--force", description = "Overwrite an existing file.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        GeneratorOptions options =
                new GeneratorOptions(seed, start, duration, postsPerMinute, breakouts, campaigns, gaps, format);
        if (!force && Files.exists(file)) {
            throw new IllegalArgumentException(file + " exists; name another file, or overwrite it with --force");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "there is no folder " + folder + " to write " + file.getFileName() + " into");
        }
        PrintWriter err = spec.commandLine().getErr();
        ProgressBar bar = new ProgressBar("generating " + file.getFileName(), err, System.console() != null);
        Truth truth = new Generator(options).write(file, bar::reached);
        bar.end();
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %,d posts, %,d bytes; the truth is in %s%n",
                        file, truth.posts(), Files.size(file), Truth.beside(file));
        return 0;
    }
}
