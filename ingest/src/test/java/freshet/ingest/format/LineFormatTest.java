package freshet.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.TimeMarker;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {

    private static final String USER =
            "'user':{'id':7,'id_str':'7','screen_name':'ann','followers_count':3,'created_at':'Sat May 04 20:47:45 +0000 2019'}";

    private static Line read(String json) {
        byte[] bytes = ("xx" + json.replace('\'', '"') + "yy").getBytes(StandardCharsets.UTF_8);
        return new LineFormat().read(bytes, 2, bytes.length - 4);
    }

    private static Post post(String json) {
        return (Post) ((Line.Item) read(json)).record();
    }

    private static Post status(String fields) {
        return post("{'created_at':'Wed Jul 03 06:29:00 +0000 2019','id':1,'id_str':'1'," + USER + "," + fields + "}");
    }

    @Test
    void aStatusBecomesAPost() {
        Post post = status(
                "'text':'hi #tag','lang':'en','in_reply_to_status_id_str':'9','timestamp_ms':'1562135340662',"
                        + "'entities':{'urls':[{'url':'x','indices':[1,2]}],'hashtags':[{'text':'tag','indices':[3,7]}]}");

        assertThat(post.id()).isEqualTo("1");
        assertThat(post.source()).isEqualTo("twitter");
        assertThat(post.time()).isEqualTo(1562135340662L);
        assertThat(post.lang()).isEqualTo("en");
        assertThat(post.replyTo()).isEqualTo("9");
        assertThat(post.hashtags()).containsExactly("tag");
        assertThat(post.text()).isEqualTo("hi #tag");
        assertThat(post.author())
                .isEqualTo(new Post.Author(
                        "7", "ann", 3L, Instant.parse("2019-05-04T20:47:45Z").toEpochMilli()));
    }

    @Test
    void anExtendedTweetSpeaksInFull() {
        Post post = status("'text':'cut…','truncated':true,'entities':{'hashtags':[]},"
                + "'extended_tweet':{'full_text':'all of it #end','entities':{'hashtags':[{'text':'end'}]}}");

        assertThat(post.text()).isEqualTo("all of it #end");
        assertThat(post.hashtags()).containsExactly("end");
    }

    @Test
    void aRetweetUsesTheTagsAndTextOfItsOriginalInFull() {
        Post post = status(
                "'text':'RT @bob: cut…','entities':{'hashtags':[]},'lang':'und','retweeted_status':{'id_str':'5',"
                        + "'text':'cut…'," + USER.replace("7", "8") + ",'entities':{'hashtags':[]},"
                        + "'extended_tweet':{'full_text':'whole #original','entities':{'hashtags':[{'text':'original'}]}}}");

        assertThat(post.id()).isEqualTo("1");
        assertThat(post.author().id()).isEqualTo("7");
        assertThat(post.repostOf()).isEqualTo("5");
        assertThat(post.text()).isEqualTo("whole #original");
        assertThat(post.hashtags()).containsExactly("original");
        assertThat(post.lang()).isNull();
    }

    @Test
    void aQuotesOwnTagsCountAndNotThoseOfWhatItQuotes() {
        Post post = status("'text':'look #mine','entities':{'hashtags':[{'text':'mine'}]},"
                + "'quoted_status':{'id_str':'5','text':'#theirs','entities':{'hashtags':[{'text':'theirs'}]}}");

        assertThat(post.hashtags()).containsExactly("mine");
        assertThat(post.repostOf()).isNull();
    }

    @Test
    void withoutEntitiesTheTagsAreLeftToTheText() {
        assertThat(status("'text':'#x'").hashtags()).isNull();
    }

    @Test
    void aPlaceIsTakenFromCoordinatesOrTheOlderGeo() {
        assertThat(status("'text':'x','coordinates':{'type':'Point','coordinates':[-46.6,-23.5]}")
                        .geo())
                .isEqualTo(new Post.Geo(-23.5, -46.6));
        assertThat(status(
                                "'text':'x','geo':{'type':'Point','coordinates':[-23.5,-46.6]},'coordinates':null,'place':null")
                        .geo())
                .isEqualTo(new Post.Geo(-23.5, -46.6));
        assertThat(status("'text':'x','coordinates':{'type':'Point','coordinates':[900,1]}")
                        .geo())
                .isNull();
        assertThat(status("'text':'x','coordinates':{'coordinates':[[1,2],[3]]},'geo':[]")
                        .geo())
                .isNull();
    }

    @Test
    void aTimestampThatContradictsTheDateIsNotBelieved() {
        assertThat(status("'text':'x','timestamp_ms':'4102444800000'").time())
                .isEqualTo(Instant.parse("2019-07-03T06:29:00Z").toEpochMilli());
    }

    @Test
    void aDeleteNoticeBecomesARetraction() {
        assertThat(
                        read(
                                "{'delete':{'status':{'id':5,'id_str':'5','user_id':6,'user_id_str':'6'},'timestamp_ms':'1562132240183'}}"))
                .isEqualTo(new Line.Item(new Retraction("twitter", "5", "6", 1562132240183L)));
        assertThat(read("{'delete':{'status':{'id':5}}}"))
                .isEqualTo(new Line.Item(new Retraction("twitter", "5", null, Line.UNDATED)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'limit':{'track':1234,'timestamp_ms':'1'}}",
                "{'scrub_geo':{'user_id':14,'user_id_str':'14','up_to_status_id':23}}",
                "{'warning':{'code':'FALLING_BEHIND','percent_full':60}}",
                "{'disconnect':{'code':4,'stream_name':'','reason':''}}",
                "{'status_withheld':{'id':1,'user_id':2,'withheld_in_countries':['DE']}}",
                "{'user_withheld':{'id':1}}",
                "{'friends':[1,2,3]}",
                "{'delete':{'favorite':{'tweet_id':1}}}"
            })
    void aMessageOfTheStreamAboutItselfIsKnown(String json) {
        assertThat(read(json)).isInstanceOf(Line.Control.class);
    }

    @Test
    void canonicalLinesOfAllKindsAreRead() {
        assertThat(post("{'text':'x','author':{'id':'a'},'id':'1','source':'s','created_at':'2015-11-12T00:00:00Z'}")
                        .id())
                .isEqualTo("1");
        assertThat(read("{'retracts':{'author':'a'},'source':'s','at':'2015-11-12T00:00:00Z'}"))
                .isInstanceOfSatisfying(
                        Line.Item.class, i -> assertThat(i.record()).isInstanceOf(Retraction.class));
        assertThat(read("{'time':'2015-11-12T00:00:00Z'}"))
                .isInstanceOfSatisfying(
                        Line.Item.class, i -> assertThat(i.record()).isInstanceOf(TimeMarker.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id_str':'1','created_at':'Wed Jul 03 06:29:00 +0000 2019','text':'x'}              | field user.id_str is missing",
                "{'id_str':'1','user':{'id_str':'7'},'created_at':'Wed Foo 03 06:29:00 +0000 2019','text':'x'}   | created_at",
                "{'id_str':'1','user':{'id_str':'7'},'created_at':'Wed Jul 03 06:29:00 +0000 2019'}   | field text is missing",
                "{'delete':{'status':{}}}                                                             | without the id of a status",
                "{'delete':{'status':{'id':5}}                                                        | not JSON",
                "{'limit':{'track':1}} x                                                              | not JSON",
                "{'limit':{'track':1}} {}                                                             | more than one JSON value",
                "nonsense                                                                             | not JSON",
                "'string'                                                                             | not a JSON object",
                "{}                                                                                   | field id is missing",
            })
    void whatCannotBeReadSaysWhy(String json, String reason) {
        assertThat(read(json))
                .isInstanceOfSatisfying(
                        Line.Unreadable.class,
                        u -> assertThat(u.reason()).contains(reason).doesNotContain("\n"));
    }

    @Test
    void deepNestingIsNoTrouble() {
        assertThat(read("{'id':'1','x':" + "[".repeat(100_000) + "}")).isInstanceOf(Line.Unreadable.class);
        assertThat(read("{'id_str':'1','x':" + "{'a':".repeat(100_000))).isInstanceOf(Line.Unreadable.class);
    }

    @Test
    void aLineOfUtf16IsNotUtf8() {
        byte[] bytes = "{\"time\":\"2015-11-12T00:00:00Z\"}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(new LineFormat().read(bytes, 0, bytes.length)).isInstanceOf(Line.Unreadable.class);
    }

    @Property(tries = 5000)
    void validUtf8IsWhatAStrictDecoderTakes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(24)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            byte[] good = "aé日𝒜b".repeat(3).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(good, 0, bytes, 0, Math.min(good.length, bytes.length));
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
        }
        boolean valid;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            valid = true;
        } catch (CharacterCodingException e) {
            valid = false;
        }
        assertThat(Utf8.firstInvalid(bytes, 0, bytes.length) < 0).isEqualTo(valid);
    }

    @Property(tries = 3000)
    void noBytesWhateverBreakIt(@ForAll byte[] bytes, @ForAll long seed) {
        assertThat(new LineFormat().read(bytes, 0, bytes.length)).isNotNull();
        byte[] mutated =
                ("{\"created_at\":\"Wed Jul 03 06:29:00 +0000 2019\",\"id_str\":\"1\",\"text\":\"x\",\"user\":{\"id_str\":\"7\","
                                + "\"followers_count\":99999999999999999999},\"entities\":{\"hashtags\":[{\"text\":\"a\"}]},"
                                + "\"coordinates\":{\"coordinates\":[1,2]},\"retweeted_status\":{\"text\":\"y\"}}")
                        .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);
        for (int i = random.nextInt(6); i >= 0; i--) {
            mutated[random.nextInt(mutated.length)] = (byte) "{}[]\",:1x\\".charAt(random.nextInt(10));
        }
        assertThat(new LineFormat().read(mutated, 0, mutated.length)).isNotNull();
    }
}
