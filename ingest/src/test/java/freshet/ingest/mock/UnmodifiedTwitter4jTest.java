package freshet.ingest.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import freshet.ingest.pipeline.Speed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import twitter4j.FilterQuery;
import twitter4j.StallWarning;
import twitter4j.Status;
import twitter4j.StatusAdapter;
import twitter4j.StatusDeletionNotice;
import twitter4j.TwitterException;
import twitter4j.TwitterStream;
import twitter4j.TwitterStreamFactory;
import twitter4j.conf.ConfigurationBuilder;

/** A program for Twitter's stream as its library's examples write it; but for the address nothing in it knows of a mock. */
@Timeout(60)
class UnmodifiedTwitter4jTest {

    private static final List<String> LINES = List.of(
            Feed.status(1, "the #moon rises"),
            Feed.delete(1),
            "{\"no JSON",
            Feed.status(2, "größe 東京 😀"),
            Feed.status(3, "the sun"));

    @TempDir
    Path folder;

    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private TwitterStream stream;

    private TwitterStream connect(Feed feed, String consumerSecret) {
        return connect(configuration(consumerSecret).setStreamBaseURL(feed.address() + "/1.1/"));
    }

    private static ConfigurationBuilder configuration(String consumerSecret) {
        return new ConfigurationBuilder()
                .setOAuthConsumerKey("consumer")
                .setOAuthConsumerSecret(consumerSecret)
                .setOAuthAccessToken("5-token")
                .setOAuthAccessTokenSecret("tokensecret");
    }

    private TwitterStream connect(ConfigurationBuilder configuration) {
        stream = new TwitterStreamFactory(configuration.build()).getInstance();
        stream.addListener(new StatusAdapter() {
            @Override
            public void onStatus(Status status) {
                heard.add(status.getText());
            }

            @Override
            public void onDeletionNotice(StatusDeletionNotice notice) {
                heard.add("deleted " + notice.getStatusId());
            }

            @Override
            public void onTrackLimitationNotice(int undelivered) {
                heard.add("limited " + undelivered);
            }

            @Override
            public void onStallWarning(StallWarning warning) {
                heard.add("stalling " + warning.getPercentFull());
            }

            @Override
            public void onException(Exception e) {
                int status = e instanceof TwitterException failure ? failure.getStatusCode() : 0;
                heard.add(status > 200 ? "HTTP " + status : "exception");
            }
        });
        return stream;
    }

    @AfterEach
    void shutDown() {
        if (stream != null) {
            stream.shutdown();
        }
    }

    private void awaitHeard(Object... what) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(heard).contains(what));
    }

    @Test
    void hearsStatusesDeletionsAndWarningsOfTheSample() throws Exception {
        try (Feed feed = Feed.of(folder, LINES, FailurePlan.parse("warning@2"))) {
            connect(feed, "secret").sample();
            awaitHeard("the #moon rises", "deleted 1", "stalling 60", "größe 東京 😀", "the sun");
        }
    }

    @Test
    void hearsWhatItTracksAndHowMuchItMissed() throws Exception {
        MockConfig config =
                Feed.with(Feed.file(folder, LINES), new Speed(1000), FailurePlan.NONE, null, 1, 1 << 20, true);
        try (Feed feed = Feed.of(config)) {
            connect(feed, "secret").filter(new FilterQuery().track("moon", "sun"));
            awaitHeard("the #moon rises", "deleted 1", "limited 1");
        }
        assertThat(heard).doesNotContain("größe 東京 😀");
    }

    @Test
    void isRefusedAsByTwitter() throws Exception {
        try (Feed feed = Feed.of(folder, LINES, FailurePlan.parse("420"))) {
            connect(feed, "secret").sample();
            awaitHeard("HTTP 420");
        }
    }

    @Test
    void connectsAgainAfterADisconnect() throws Exception {
        try (Feed feed = Feed.of(folder, LINES, FailurePlan.parse("disconnect@1"))) {
            connect(feed, "secret").sample();
            awaitHeard("exception", "the sun");
        }
    }

    @Test
    void signsSampleAndFilterWithTheKeysThatTheFeedKnows() throws Exception {
        OAuthKeys keys = new OAuthKeys("consumer", "secret", "5-token", "tokensecret");
        MockConfig config = Feed.with(Feed.file(folder, LINES), Speed.MAX, FailurePlan.NONE, keys, 0, 1 << 20, true);
        try (Feed feed = Feed.of(config)) {
            connect(feed, "secret").sample("en");
            await().untilAsserted(() -> assertThat(heard).contains("exception")); // the end: nothing is in English
            assertThat(heard).doesNotContain("HTTP 401");
            stream.shutdown();
            connect(feed, "secret").filter(new FilterQuery().track("größe,the sun & more*~", "東京 größe"));
            awaitHeard("größe 東京 😀");
            stream.shutdown();
            connect(feed, "another secret").sample();
            awaitHeard("HTTP 401");
        }
    }

    @Test
    void takesTheFeedForItsProxyAndSignsTwittersOwnAddress() throws Exception {
        OAuthKeys keys = new OAuthKeys("consumer", "secret", "5-token", "tokensecret");
        MockConfig config = Feed.with(Feed.file(folder, LINES), Speed.MAX, FailurePlan.NONE, keys, 0, 1 << 20, true);
        try (Feed feed = Feed.of(config)) {
            connect(configuration("secret")
                            .setStreamBaseURL("http://stream.twitter.com/1.1/")
                            .setHttpProxyHost("127.0.0.1")
                            .setHttpProxyPort(feed.port()))
                    .filter(new FilterQuery().track("sun"));
            awaitHeard("the sun");
        }
    }
}
