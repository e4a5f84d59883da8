package freshet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.Retraction;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Real recordings, counted twice: by the pipeline, and by a plain walk over JSON trees. Skipped where there are none. */
class RecordingsTest {

    private static Path recording(String name) {
        String folder = System.getProperty("freshet.recordings", System.getenv("FRESHET_RECORDINGS"));
        assumeThat(folder).as("FRESHET_RECORDINGS names a folder of recordings").isNotNull();
        Path file = Path.of(folder, name);
        assumeThat(file).exists();
        return file;
    }

    @Test
    void twittersSampleGivesTheCountsOfARecount() throws Exception {
        Path file = recording("twitter-sample-2019-07-03.ndjson.gz");
        MemoryLog log = new MemoryLog(6);
        Summary summary = Play.into(log, file);

        long statuses = 0;
        long deletes = 0;
        Map<String, Integer> tags = new TreeMap<>();
        try (BufferedReader reader = open(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode message = new ObjectMapper().readTree(line);
                if (message.has("delete")) {
                    deletes++;
                } else {
                    statuses++;
                    JsonNode said = message.has("retweeted_status") ? message.get("retweeted_status") : message;
                    JsonNode entities = said.has("extended_tweet")
                            ? said.get("extended_tweet").get("entities")
                            : said.get("entities");
                    entities.get("hashtags")
                            .forEach(tag -> tags.merge(tag.get("text").asText(), 1, Integer::sum));
                }
            }
        }

        assertThat(summary.rejected()).isZero();
        assertThat(summary.unmatched()).isZero();
        assertThat(summary.posts()).isEqualTo(statuses);
        assertThat(summary.retractions()).isEqualTo(deletes);
        List<PostsRecord> records = log.decoded();
        assertThat(records).filteredOn(Post.class::isInstance).hasSize((int) statuses);
        assertThat(records).filteredOn(Retraction.class::isInstance).hasSize((int) deletes);
        assertThat(tagCounts(records)).isEqualTo(tags);
    }

    @Test
    void theCohortOf2015IsBelievedWholeInSpiteOfItsNights() throws Exception {
        MemoryLog log = new MemoryLog(6);
        Summary summary = Play.into(log, recording("twitter-cohort-2015-11.ndjson.gz"));

        assertThat(Play.reasons(log)).isEmpty();
        assertThat(summary.posts()).isEqualTo(88_731);
    }

    private static Map<String, Integer> tagCounts(List<PostsRecord> records) {
        Map<String, Integer> tags = new TreeMap<>();
        for (PostsRecord record : records) {
            if (record instanceof Post post) {
                post.hashtags().forEach(tag -> tags.merge(tag, 1, Integer::sum));
            }
        }
        return tags;
    }

    private static BufferedReader open(Path file) throws java.io.IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }
}
