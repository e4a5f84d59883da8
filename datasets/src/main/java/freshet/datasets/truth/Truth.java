package freshet.datasets.truth;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The ground truth of a recording. Times are event times, tags as most authors write them.
 *
 * @param recording the file's name
 * @param seed what it was generated from, or null
 * @param start its first moment
 * @param end its last moment
 * @param posts how many posts it has, duplicates not counted
 * @param breakouts what should be found
 * @param campaigns spam: what should not be found
 * @param regulars tags that are always or regularly popular: what should not be found
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Truth(
        String recording,
        Long seed,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant start,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant end,
        long posts,
        List<Breakout> breakouts,
        List<Campaign> campaigns,
        List<String> regulars) {

    public Truth {
        breakouts = breakouts == null ? List.of() : List.copyOf(breakouts);
        campaigns = campaigns == null ? List.of() : List.copyOf(campaigns);
        regulars = regulars == null ? List.of() : List.copyOf(regulars);
    }

    /**
     * A breakout.
     *
     * @param tag its tag
     * @param tags all tags that belong to it, its own too
     * @param lang language of its posts
     * @param shape how it grows: {@code sudden}, {@code slow} or {@code double}
     * @param onset its first post
     * @param peak the end of its busiest ten minutes
     * @param end the end of its last ten minutes with a tenth of the peak's authors
     * @param authors distinct authors in all
     * @param peakAuthors distinct authors in its busiest ten minutes
     * @param posts its posts
     */
    public record Breakout(
            String tag,
            List<String> tags,
            String lang,
            String shape,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant onset,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant peak,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant end,
            int authors,
            int peakAuthors,
            int posts) {

        public Breakout {
            tags = tags == null ? List.of(tag) : List.copyOf(tags);
        }
    }

    /**
     * Spam.
     *
     * @param kind {@code few-authors} or {@code near-identical}
     */
    public record Campaign(
            String tag,
            String kind,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant start,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant end,
            int authors,
            int posts) {}

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The truth's place beside a recording: its name without endings, and {@code .truth.json}. */
    public static Path beside(Path recording) {
        String name =
                recording.getFileName().toString().replaceFirst("(\\.(ndjson|jsonl|json|txt))?(\\.(gz|zst))?$", "");
        return recording.resolveSibling(name + ".truth.json");
    }

    public void write(Path file) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        Files.writeString(file, MAPPER.writer(printer).writeValueAsString(this) + "\n", StandardCharsets.UTF_8);
    }

    /** @throws IOException with one line that names the file when it is absent or no truth */
    public static Truth read(Path file) throws IOException {
        Truth truth;
        try {
            truth = MAPPER.readValue(Files.readAllBytes(file), Truth.class);
        } catch (NoSuchFileException e) {
            throw new IOException("no ground truth at " + file + ": give its place with --truth", e);
        } catch (IOException e) {
            throw new IOException(
                    file + " is no ground truth: "
                            + e.getMessage().lines().findFirst().orElse("?"),
                    e);
        }
        for (Breakout breakout : truth.breakouts()) {
            if (breakout.tag() == null || breakout.onset() == null || breakout.end() == null) {
                throw new IOException(file + ": a breakout needs tag, onset and end, not " + breakout);
            }
        }
        return truth;
    }
}
