package freshet.datasets.generator;

import freshet.datasets.truth.Truth;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Makes a recording and its ground truth. Memory is bounded by the plantings; a recording streams to its file.
 *
 * <pre>{@code
 * new Generator(GeneratorOptions.defaults(42)).write(Path.of("world.ndjson.gz"), GeneratorProgress.NONE);
 * }</pre>
 */
public final class Generator {

    private final GeneratorOptions options;
    private long posts;

    public Generator(GeneratorOptions options) {
        this.options = options;
    }

    /**
     * Writes the recording, plain or compressed by its name ({@code .gz}, {@code .zst}), and its truth beside it.
     *
     * @return the truth, which stands in {@link Truth#beside}
     * @throws IOException when a file can't be written
     */
    public Truth write(Path recording, GeneratorProgress progress) throws IOException {
        Truth truth;
        try (OutputStream out = Compression.of(recording).compress(Files.newOutputStream(recording))) {
            truth = write(out, recording.getFileName().toString(), progress);
        }
        truth.write(Truth.beside(recording));
        return truth;
    }

    /** Writes the lines as they are. */
    public Truth write(OutputStream out, String name, GeneratorProgress progress) throws IOException {
        Dice dice = new Dice(options.seed());
        List<Language> languages = Language.all();
        Accounts accounts = new Accounts(languages, options.postsPerMinute(), options.startMs());
        Plan plan = new Plan(options, languages, accounts, dice.fork("plan"));
        Background background = new Background(languages, accounts, dice.fork("background"));
        LineFormat format = LineFormat.of(options.format());
        posts = 0;
        OutputStream lines = new BufferedOutputStream(out, 1 << 16);
        new Timeline(options, languages, background, plan, dice.fork("timeline"))
                .play(
                        line -> {
                            lines.write(format.format(line));
                            lines.write('\n');
                            if (line.deletedAt() == 0 && !line.repeated()) {
                                posts++;
                            }
                        },
                        progress);
        lines.flush();
        return new Truth(
                name,
                options.seed(),
                Instant.ofEpochMilli(options.startMs()),
                Instant.ofEpochMilli(options.endMs()),
                posts,
                plan.breakouts.stream().map(Breakout::truth).toList(),
                plan.campaigns.stream().map(Campaign::truth).toList(),
                TagChoice.regulars(languages));
    }
}
