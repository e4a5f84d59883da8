package freshet.ingest.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostCodecTest {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(PostCodec.class.getResourceAsStream("posts.schema.json"));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PostsRecord decode(String json) throws MalformedRecordException {
        return PostCodec.decode(utf8(json));
    }

    @Property(tries = 500)
    void whatIsWrittenIsReadBackAndKeepsTheSchema(@ForAll("records") PostsRecord record) throws Exception {
        byte[] value = PostCodec.encode(record);

        assertThat(PostCodec.decode(value)).isEqualTo(record);
        assertThat(SCHEMA.validate(new String(value, StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
    }

    @Property(tries = 200)
    void theHeadHoldsAllThatStandsBeforeTheText(@ForAll("posts") Post post) throws Exception {
        Post head = (Post) PostCodec.decodeHead(PostCodec.encode(post));

        assertThat(head.text()).isNull();
        assertThat(head.hashtags()).isEqualTo(post.hashtags());
        assertThat(head.author()).isEqualTo(post.author());
        assertThat(head.textHash()).isEqualTo(post.textHash());
        assertThat(head.time()).isEqualTo(post.time());
    }

    @Property(tries = 500)
    void timesAreReadAndWrittenAsJavaTimeDoes(@ForAll("times") long millis) {
        String text = IsoTime.format(millis);
        assertThat(Instant.parse(text).toEpochMilli()).isEqualTo(millis);
        assertThat(IsoTime.parse(text)).isEqualTo(millis);
        assertThat(IsoTime.parse(Instant.ofEpochMilli(millis).toString())).isEqualTo(millis);
    }

    @Provide
    Arbitrary<Long> times() {
        return Arbitraries.longs().between(0, IsoTime.MAX);
    }

    @Provide
    Arbitrary<Post> posts() {
        Arbitrary<String> id =
                Arbitraries.strings().excludeChars(surrogates()).ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> text =
                Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(60);
        Arbitrary<Post.Author> author = Combinators.combine(
                        id,
                        text.injectNull(0.3),
                        Arbitraries.longs().between(0, 1L << 40).injectNull(0.3),
                        times().injectNull(0.3))
                .as(Post.Author::new);
        Arbitrary<Post.Geo> geo = Combinators.combine(
                        Arbitraries.doubles().between(-90, 90),
                        Arbitraries.doubles().between(-180, 180))
                .as(Post.Geo::new)
                .injectNull(0.7);
        return Combinators.combine(
                        Combinators.combine(id, id, times()).as((i, s, t) -> new Object[] {i, s, t}),
                        text.injectNull(0.5),
                        id.injectNull(0.5),
                        geo,
                        author,
                        text.list().ofMaxSize(4).injectNull(0.2),
                        text)
                .as((head, lang, other, place, who, tags, said) -> new Post(
                        (String) head[0],
                        (String) head[1],
                        (Long) head[2],
                        lang,
                        other,
                        place,
                        who,
                        tags,
                        lang,
                        said,
                        other,
                        other));
    }

    @Provide
    Arbitrary<PostsRecord> records() {
        Arbitrary<String> id =
                Arbitraries.strings().excludeChars(surrogates()).ofMinLength(1).ofMaxLength(20);
        Arbitrary<PostsRecord> retractions = Combinators.combine(id, id, times(), Arbitraries.of(true, false))
                .as((source, of, at, post) -> new Retraction(source, post ? of : null, post ? null : of, at));
        return Arbitraries.oneOf(posts().map(p -> (PostsRecord) p), retractions, times().map(TimeMarker::new));
    }

    private static char[] surrogates() {
        char[] all = new char[0x800];
        for (int i = 0; i < all.length; i++) {
            all[i] = (char) (0xD800 + i);
        }
        return all;
    }

    @Test
    void halfASurrogatePairIsWrittenAsReplacementCharacter() throws Exception {
        Post post = new Post(
                "a\ud800",
                "s",
                0,
                null,
                null,
                null,
                new Post.Author("x", null, null, null),
                List.of("t\udc00"),
                null,
                "nul \u0000 half \ud83d end 😀",
                null,
                null);

        Post read = (Post) PostCodec.decode(PostCodec.encode(post));

        assertThat(read.id()).isEqualTo("a\ufffd");
        assertThat(read.hashtags()).containsExactly("t\ufffd");
        assertThat(read.text()).isEqualTo("nul \u0000 half \ufffd end 😀");
    }

    @Test
    void emojiAreWrittenAsUtf8() {
        Post post = new Post(
                "a",
                "s",
                0,
                null,
                null,
                null,
                new Post.Author("x", null, null, null),
                List.of(),
                null,
                "😀",
                null,
                null);
        assertThat(new String(PostCodec.encode(post), StandardCharsets.UTF_8)).contains("\"text\":\"😀\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                           | not a JSON object",
                "{\"id\":\"a\"}                                                               | field source is missing",
                "{\"id\":\"\",\"source\":\"s\"}                                               | field id is empty",
                "{\"id\":7,\"source\":\"s\"}                                                  | field id is not a string",
                "{\"id\":\"a\",\"source\":\"s\",\"created_at\":\"yesterday\"}                 | field created_at is not an ISO-8601 time: yesterday",
                "{\"id\":\"a\",\"source\":\"s\",\"created_at\":\"1969-12-31T23:59:59Z\"}      | field created_at is not between 1970 and 9999: 1969-12-31T23:59:59Z",
                "{\"id\":\"a\",\"source\":\"s\",\"created_at\":\"2015-02-30T00:00:00Z\"}      | field created_at is not an ISO-8601 time: 2015-02-30T00:00:00Z",
                "{\"id\":\"a\",\"source\":\"s\",\"created_at\":\"2015-02-03T00:00:00Z\"}      | field author is missing",
                "{\"id\":\"a\",\"source\":\"s\",\"created_at\":\"2015-02-03T00:00:00Z\",\"author\":{\"id\":\"x\"}} | field text is missing",
                "{\"retracts\":{},\"source\":\"s\",\"at\":\"2015-02-03T00:00:00Z\"}           | field retracts names neither a post nor an author",
                "{\"time\":\"2015-02-03T00:00:00Z\"} {}                                       | more than one JSON value",
            })
    void whatIsWrongIsSaidInOneLine(String json, String message) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage(message);
    }

    @Test
    void offsetsInTimesAreUnderstoodAndUnknownFieldsSkipped() throws Exception {
        assertThat(decode("{\"new\":{\"a\":[1]},\"time\":\"2015-11-12T02:00:00+02:00\"}"))
                .isEqualTo(new TimeMarker(Instant.parse("2015-11-12T00:00:00Z").toEpochMilli()));
    }

    @Test
    void keysGoWhereKafkasJavaClientPutsThem() {
        byte[] key = utf8(PostsTopic.key("twitter", "42"));
        assertThat(PostsTopic.partition(key, 6))
                .isEqualTo(org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(key, 6));
    }
}
