package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.StreamAtRest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything in one process, killed with -9 while it works and started again: as if nothing had happened. */
class KilledInTheMiddleTest {

    private static final Stream DEMO = new Stream("demo");
    private static final String[] PACED = {"--speed", "2000x"};

    @TempDir
    Path dir;

    @Test
    void killedAndStartedAgainItPublishesTheSameFinals() throws Exception {
        Map<String, String> undisturbed;
        int posts;
        try (Freshet up = Freshet.up(Files.createDirectories(dir.resolve("undisturbed")), "--speed", "max")) {
            up.process().awaitOutput("has been played to its end", 240);
            StreamAtRest rest = StreamAtRest.await(up.bootstrapServers(), DEMO, 120);
            undisturbed = rest.finals();
            posts = rest.records(PostsTopic.POSTS).size();
        }

        Path disturbed = Files.createDirectories(dir.resolve("disturbed"));
        for (int kill = 1; kill <= 2; kill++) {
            try (Freshet up = Freshet.up(disturbed, PACED)) {
                int third = kill * posts / 3;
                Awaitility.await("a part of the posts")
                        .atMost(180, TimeUnit.SECONDS)
                        .pollInterval(500, TimeUnit.MILLISECONDS)
                        .until(() -> StreamAtRest.written(up.bootstrapServers(), DEMO, PostsTopic.POSTS) > third);
                up.process().kill();
            }
        }
        try (Freshet up = Freshet.up(disturbed, "--speed", "max")) {
            up.process().awaitOutput("has been played to its end", 240);
            StreamAtRest rest = StreamAtRest.await(up.bootstrapServers(), DEMO, 120);

            assertThat(rest.records(PostsTopic.POSTS)).hasSize(posts);
            assertThat(rest.finals()).isEqualTo(undisturbed);
        }
    }
}
