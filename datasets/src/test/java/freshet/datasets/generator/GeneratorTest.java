package freshet.datasets.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.ZstdInputStream;
import freshet.datasets.truth.Truth;
import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.Retraction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void theBundledRecordingIsWhatItsOptionsGive(@TempDir Path dir) throws IOException {
        Truth truth;
        byte[] generated;
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            truth = new Generator(Demo.OPTIONS).write(out, "demo.ndjson.gz", GeneratorProgress.NONE);
            generated = out.toByteArray();
        }
        truth.write(dir.resolve("demo.truth.json"));

        try (InputStream bundled = Generator.class.getResourceAsStream(Demo.RESOURCE);
                InputStream bundledTruth = Generator.class.getResourceAsStream("/recordings/demo.truth.json")) {
            assertThat(new GZIPInputStream(bundled).readAllBytes()).isEqualTo(generated);
            assertThat(bundledTruth).hasBinaryContent(Files.readAllBytes(dir.resolve("demo.truth.json")));
        }
    }

    @Test
    void theSameSeedGivesTheSameLinesAndAnotherSeedOthers() throws IOException {
        assertThat(lines(small(1))).isEqualTo(lines(small(1)));
        assertThat(lines(small(1))).isNotEqualTo(lines(small(2)));
    }

    @Test
    void bothFormatsTellTheSameStory() throws IOException {
        List<String> canonical = lines(small(3));
        List<String> twitter = lines(withFormat(small(3), GeneratorOptions.Format.TWITTER));

        assertThat(twitter).hasSameSizeAs(canonical);
        for (int i = 0; i < twitter.size(); i++) {
            PostsRecord record = decode(canonical.get(i));
            JsonNode status = json.readTree(twitter.get(i));
            if (record instanceof Retraction retraction) {
                assertThat(status.at("/delete/status/id_str").asText()).isEqualTo(retraction.post());
            } else {
                Post post = (Post) record;
                assertThat(status.get("id_str").asText()).isEqualTo(post.id());
                assertThat(status.get("timestamp_ms").asLong()).isEqualTo(post.time());
                assertThat(status.at("/user/id_str").asText())
                        .isEqualTo(post.author().id());
                assertThat(tags(status)).isEqualTo(post.hashtags());
            }
        }
    }

    @Test
    void indicesOfHashtagsPointAtThemInCodePoints() throws IOException {
        int seen = 0;
        for (String line : lines(withFormat(small(4), GeneratorOptions.Format.TWITTER))) {
            JsonNode status = json.readTree(line);
            String text = status.path("text").asText();
            for (JsonNode tag : status.at("/entities/hashtags")) {
                int from = text.offsetByCodePoints(0, tag.at("/indices/0").asInt());
                int to = text.offsetByCodePoints(0, tag.at("/indices/1").asInt());
                assertThat(text.substring(from, to))
                        .isEqualTo("#" + tag.get("text").asText());
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(500);
    }

    @Test
    void theTruthIsWhatARecountOfTheRecordingFinds() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Truth truth = new Generator(small(5)).write(out, "x", GeneratorProgress.NONE);
        Map<String, Set<String>> authors = new HashMap<>();
        Map<String, Long> first = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (String line : split(out)) {
            if (decode(line) instanceof Post post && ids.add(post.id())) {
                for (String tag : post.hashtags()) {
                    String folded = tag.toLowerCase(Locale.ROOT);
                    authors.computeIfAbsent(folded, key -> new HashSet<>())
                            .add(post.author().id());
                    first.merge(folded, post.time(), Math::min);
                }
            }
        }
        assertThat(truth.posts()).isEqualTo(ids.size());
        assertThat(truth.breakouts()).hasSize(4).allSatisfy(breakout -> {
            String folded = breakout.tag().toLowerCase(Locale.ROOT);
            // At least: a tag may be a topic that others talk about as well.
            assertThat(authors.get(folded).size()).isGreaterThanOrEqualTo(breakout.authors());
            assertThat(first.get(folded)).isLessThanOrEqualTo(breakout.onset().toEpochMilli());
            assertThat(breakout.peak()).isBetween(breakout.onset(), breakout.end());
        });
    }

    @Test
    void arrivalsAreOutOfOrderSometimesLateSometimesTwiceAndSometimesDeleted() throws IOException {
        long newest = 0;
        int earlier = 0;
        int late = 0;
        int twice = 0;
        int deleted = 0;
        Set<String> ids = new HashSet<>();
        for (String line : lines(small(6))) {
            if (decode(line) instanceof Post post) {
                earlier += post.time() < newest ? 1 : 0;
                late += post.time() < newest - 10_000 ? 1 : 0;
                newest = Math.max(newest, post.time());
                twice += ids.add(post.id()) ? 0 : 1;
            } else {
                deleted++;
            }
        }
        assertThat(earlier).isPositive();
        assertThat(late).isBetween(1, ids.size() / 50);
        assertThat(twice).isBetween(1, ids.size() / 50);
        assertThat(deleted).isBetween(1, ids.size() / 20);
    }

    @Test
    void nothingArrivesWhileTheSourceIsDown() throws IOException {
        GeneratorOptions options =
                new GeneratorOptions(7, START, Duration.ofHours(4), 60, 0, 0, 2, GeneratorOptions.Format.CANONICAL);
        long longest = 0;
        long before = START.toEpochMilli();
        for (String line : lines(options)) {
            long time = decode(line).time();
            longest = Math.max(longest, time - before);
            before = time;
        }
        assertThat(longest).isGreaterThan(Duration.ofMinutes(4).toMillis());
    }

    @Test
    void filesAreCompressedByTheirNamesAndTheTruthStandsBeside(@TempDir Path dir) throws IOException {
        new Generator(small(8)).write(dir.resolve("a.ndjson"), GeneratorProgress.NONE);
        new Generator(small(8)).write(dir.resolve("b.ndjson.gz"), GeneratorProgress.NONE);
        new Generator(small(8)).write(dir.resolve("c.ndjson.zst"), GeneratorProgress.NONE);
        byte[] plain = Files.readAllBytes(dir.resolve("a.ndjson"));

        try (InputStream gzip = new GZIPInputStream(Files.newInputStream(dir.resolve("b.ndjson.gz")));
                InputStream zstd = new ZstdInputStream(Files.newInputStream(dir.resolve("c.ndjson.zst")))) {
            assertThat(gzip.readAllBytes()).isEqualTo(plain);
            assertThat(zstd.readAllBytes()).isEqualTo(plain);
        }
        assertThat(Truth.read(dir.resolve("b.truth.json")).breakouts()).hasSize(4);
    }

    @Test
    void impossibleOptionsAreRefusedWithWhatToChange() {
        assertThatThrownBy(() -> new GeneratorOptions(
                        1, START, Duration.ofMinutes(5), 10, 1, 0, 0, GeneratorOptions.Format.TWITTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("change the duration");
    }

    private static GeneratorOptions small(long seed) {
        return new GeneratorOptions(seed, START, Duration.ofHours(1), 40, 4, 1, 0, GeneratorOptions.Format.CANONICAL);
    }

    private static GeneratorOptions withFormat(GeneratorOptions o, GeneratorOptions.Format format) {
        return new GeneratorOptions(
                o.seed(), o.start(), o.duration(), o.postsPerMinute(), o.breakouts(), o.campaigns(), o.gaps(), format);
    }

    private static List<String> lines(GeneratorOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Generator(options).write(out, "x", GeneratorProgress.NONE);
        return split(out);
    }

    private static List<String> split(ByteArrayOutputStream out) {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static PostsRecord decode(String line) throws IOException {
        try {
            return PostCodec.decode(line.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedRecordException e) {
            throw new IOException(e);
        }
    }

    private static List<String> tags(JsonNode status) {
        List<String> tags = new ArrayList<>();
        status.at("/entities/hashtags").forEach(tag -> tags.add(tag.get("text").asText()));
        return tags;
    }
}
