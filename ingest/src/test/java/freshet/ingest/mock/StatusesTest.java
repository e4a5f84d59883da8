package freshet.ingest.mock;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.Retraction;
import freshet.ingest.format.Line;
import freshet.ingest.format.LineFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import twitter4j.Status;
import twitter4j.TwitterObjectFactory;

/** What becomes of canonical posts must be statuses to those who read statuses: to twitter4j, and to our own reader. */
class StatusesTest {

    private static final long TIME = 1_562_135_340_662L;
    private static final Post.Author ADA = new Post.Author("77", "ada", 12L, 1_300_000_000_000L);

    private static Post post(String id, String text, List<String> tags, String repostOf) {
        return new Post(
                id, "mine", TIME, "pt", repostOf, new Post.Geo(-23.5, -46.6), ADA, tags, null, text, null, null);
    }

    private static Post readBack(Post post) throws Exception {
        byte[] line = Message.JSON.writeValueAsBytes(Statuses.ofPost(post));
        return (Post) ((Line.Item) new LineFormat().read(line, 0, line.length)).record();
    }

    @Test
    void tellTheSameToOurReader() throws Exception {
        Post read = readBack(post("123", "A lua! #Eclipse #eclipse", List.of("Eclipse", "eclipse"), null));
        assertThat(read.id()).isEqualTo("123");
        assertThat(read.time()).isEqualTo(TIME);
        assertThat(read.lang()).isEqualTo("pt");
        assertThat(read.geo()).isEqualTo(new Post.Geo(-23.5, -46.6));
        assertThat(read.author()).isEqualTo(ADA);
        assertThat(read.hashtags()).containsExactly("Eclipse", "eclipse");
        assertThat(read.text()).isEqualTo("A lua! #Eclipse #eclipse");
    }

    @Test
    void tellTheSameToTwitter4j() throws Exception {
        Post post = post("123", "😀 A lua! #Eclipse", null, null);
        Status status = TwitterObjectFactory.createStatus(Statuses.ofPost(post).toString());
        assertThat(status.getId()).isEqualTo(123);
        assertThat(status.getText()).isEqualTo(post.text());
        assertThat(status.getUser().getScreenName()).isEqualTo("ada");
        assertThat(status.getCreatedAt().getTime()).isEqualTo(TIME / 1000 * 1000);
        assertThat(status.getGeoLocation().getLatitude()).isEqualTo(-23.5);
        assertThat(status.getHashtagEntities()).singleElement().satisfies(tag -> {
            assertThat(tag.getText()).isEqualTo("Eclipse");
            assertThat(post.text().substring(tag.getStart(), tag.getEnd())).isEqualTo("#Eclipse");
        });
    }

    @Test
    void ofLongTextsShowTheBeginningAndTellTheWhole() throws Exception {
        String text = "word ".repeat(50) + "#tail";
        assertThat(Statuses.ofPost(post("1", text, null, null)).path("text").asText())
                .hasSize(140)
                .endsWith("…");
        Post read = readBack(post("1", text, null, null));
        assertThat(read.text()).isEqualTo(text);
        assertThat(read.hashtags()).containsExactly("tail");
    }

    @Test
    void ofRepostsNameTheOriginal() throws Exception {
        Post read = readBack(post("5", "seen #twice", List.of("twice"), "4"));
        assertThat(read.repostOf()).isEqualTo("4");
        assertThat(read.author().id()).isEqualTo("77");
        assertThat(read.text()).isEqualTo("seen #twice");
        assertThat(read.hashtags()).containsExactly("twice");
    }

    @Test
    void giveOtherIdsTheSameNumberEverywhere() throws Exception {
        Post original = readBack(post("at://did:plc:x/post/1", "text", null, null));
        Post repost = readBack(post("at://did:plc:y/post/2", "text", null, "at://did:plc:x/post/1"));
        assertThat(original.id()).matches("\\d+").isEqualTo(repost.repostOf());
        byte[] notice = Message.JSON.writeValueAsBytes(
                Statuses.deleteNotice(new Retraction("mine", "at://did:plc:x/post/1", "77", TIME)));
        Retraction read = (Retraction) ((Line.Item) new LineFormat().read(notice, 0, notice.length)).record();
        assertThat(read.post()).isEqualTo(original.id());
        assertThat(read.author()).isEqualTo("77");
        assertThat(read.time()).isEqualTo(TIME);
    }
}
