package freshet.ingest.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of Twitter's guide, "Basic stream parameters: track", and what it says beside it. */
class TrackTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Twitter | TWITTER",
                "Twitter | twitter",
                "Twitter | \"Twitter\"",
                "Twitter | twitter.",
                "Twitter | #twitter",
                "Twitter | @twitter",
                "Twitter | http://twitter.com",
                "Twitter's | I like Twitter's new design",
                "Twitter | I like Twitter's new design",
                "twitter api | The Twitter API is awesome",
                "twitter streaming | The twitter streaming service is fast",
                "twitter streaming | Twitter has a streaming API",
                "example.com | Someday I will visit example.com",
                "example.com/foobarbaz | example.com/foobarbaz",
                "example.com/foobarbaz | www.example.com/foobarbaz",
                "example com | example.com",
                "example com | www.example.com",
                "example com | foo.example.com",
                "example com | foo.example.com/bar",
                "example com | I hope my merger with FooBar isn't an example of a com bubble",
                "#wetter | Das #Wetter!",
                "größe | GRÖSSE? Größe!",
                "🌧 rome | Rome:🌧🌧",
                "r & b | R & B",
                "東京 | 東京 は 雨",
            })
    void matches(String phrase, String text) {
        assertThat(TrackPhrase.parse(phrase).matches(TrackTokens.ofText(text))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Twitter | TwitterTracker",
                "Twitter | #newtwitter",
                "Twitter's | Someday I'd like to visit @Twitter's office",
                "twitter api | I'm new to Twitter",
                "example.com | There is no example.com/foobarbaz",
                "example.com/foobarbaz | example.com",
                "www.example.com/foobarbaz | www.example.com/foobarbaz",
                "#wetter | Das Wetter!",
                "@rain | #rain rain",
                "rain | train brain",
                "🌧 | no ☔ today",
            })
    void doesNotMatch(String phrase, String text) {
        assertThat(TrackPhrase.parse(phrase).matches(TrackTokens.ofText(text))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "longtail", // in the whole text of a long status
        "nasa.gov/eclipse", // as the link expands
        "eclipse2026", // a tag
        "#eclipse2026",
        "@nasa", // a mention
        "original", // in what it repeats
        "pic.twitter.com/abc", // as a picture's link shows
    })
    void looksAtTextTagsMentionsAndLinksAsTheyExpandAndShow(String phrase) throws Exception {
        assertThat(TrackPhrase.parse(phrase).matches(TrackTokens.of(new ObjectMapper().readTree(STATUS))))
                .isTrue();
    }

    @Test
    void doesNotLookAtTheAuthor() throws Exception {
        TrackTokens tokens = TrackTokens.of(new ObjectMapper().readTree(STATUS));
        assertThat(TrackPhrase.parse("moonwatcher").matches(tokens)).isFalse();
    }

    private static final String STATUS = """
            {"id":1,"text":"RT short… https://t.co/x","user":{"id":2,"screen_name":"moonwatcher"},
             "entities":{"hashtags":[{"text":"Eclipse2026"}],"user_mentions":[{"screen_name":"NASA"}],
               "urls":[{"url":"https://t.co/x","expanded_url":"https://www.nasa.gov/eclipse/","display_url":"nasa.gov/ecl…"}],
               "media":[{"expanded_url":"https://twitter.com/a/status/1/photo/1","display_url":"pic.twitter.com/abc"}]},
             "extended_tweet":{"full_text":"short and a longtail"},
             "retweeted_status":{"text":"the Original"}}
            """;
}
