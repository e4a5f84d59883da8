package freshet.ingest.mock;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.ingest.source.WallTime;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the example of RFC 5849, section 1.2, whose signature the RFC gives. */
class OAuthCheckTest {

    private static final OAuthKeys KEYS =
            new OAuthKeys("dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");
    private static final Map<String, List<String>> PARAMETERS =
            Map.of("file", List.of("vacation.jpg"), "size", List.of("original"));
    private static final String HEADER = "OAuth realm=\"Photos\", oauth_consumer_key=\"dpf43f3p2l4k3l03\", "
            + "oauth_token=\"nnch734d00sl2jdk\", oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"137131202\", "
            + "oauth_nonce=\"chapoH\", oauth_signature=\"MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D\"";

    private static OAuthCheck at(long seconds, OAuthKeys keys) {
        return new OAuthCheck(keys, new WallTime() {
            @Override
            public long millis() {
                return seconds * 1000;
            }

            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(long nanos) {}
        });
    }

    private static FullHttpRequest request(String header) {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, "/photos?file=vacation.jpg&size=original", Unpooled.EMPTY_BUFFER);
        request.headers().set("Host", "photos.example.net");
        if (header != null) {
            request.headers().set("Authorization", header);
        }
        return request;
    }

    @Test
    void acceptsTheSignatureOfTheStandard() {
        assertThatCode(() -> at(137131202, KEYS).check(request(HEADER), PARAMETERS))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsTheSameThroughAProxyThatSpeaksTls() {
        String header = HEADER.replace("MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D", "91yh92rtXzicpezVYjTDNzieVps%3D");
        assertThatCode(() -> at(137131202, KEYS).check(request(header), PARAMETERS))
                .doesNotThrowAnyException();
    }

    /** The example of section 3.4.1, with the signature of erratum 2550. */
    @Test
    void sortsParametersOfQueryAndFormByNameAndThenByValue() {
        OAuthKeys keys = new OAuthKeys("9djdj82h48djs9d2", "j49sk3j29djd", "kkk9d7dh3k39sjv7", "dh893hdasih9");
        FullHttpRequest post = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
                Unpooled.EMPTY_BUFFER);
        post.headers().set("Host", "EXAMPLE.COM:80");
        post.headers()
                .set(
                        "Authorization",
                        "OAuth realm=\"Example\", oauth_consumer_key=\"9djdj82h48djs9d2\", "
                                + "oauth_token=\"kkk9d7dh3k39sjv7\", oauth_signature_method=\"HMAC-SHA1\", "
                                + "oauth_timestamp=\"137131201\", oauth_nonce=\"7d8f3e4a\", "
                                + "oauth_signature=\"r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D\"");
        Map<String, List<String>> parameters = Map.of(
                "b5",
                List.of("=%3D"),
                "a3",
                List.of("a", "2 q"),
                "c@",
                List.of(""),
                "a2",
                List.of("r b"),
                "c2",
                List.of(""));
        assertThatCode(() -> at(137131201, keys).check(post, parameters)).doesNotThrowAnyException();

        String header = HEADER.replace("MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D", "LgsMF9pmrw9U9%2Bl%2Brm3RtYKcHm8%3D");
        assertThatCode(() -> at(137131202, KEYS)
                        .check(request(header), Map.of("a1", List.of("y"), "a", List.of("x", "b c"))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesASignatureOfAnotherRequest() {
        Map<String, List<String>> other = Map.of("file", List.of("secrets.jpg"), "size", List.of("original"));
        assertUnauthorized(at(137131202, KEYS), HEADER, other, "signature");
    }

    @Test
    void refusesAnOldTimestampAndUnknownKeys() {
        assertUnauthorized(at(137131202 + 301, KEYS), HEADER, PARAMETERS, "oauth_timestamp");
        OAuthKeys others = new OAuthKeys("a", "b", "c", "d");
        assertUnauthorized(at(137131202, others), HEADER, PARAMETERS, "consumer key");
    }

    @Test
    void withoutKeysOnlyTheFormCounts() {
        String signedAnyhow =
                HEADER.replace("MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D", "x").replace("137131202", "1");
        assertThatCode(() -> at(137131202, null).check(request(signedAnyhow), PARAMETERS))
                .doesNotThrowAnyException();
        OAuthCheck check = at(137131202, null);
        assertUnauthorized(check, null, PARAMETERS, "no OAuth 1.0a Authorization header");
        assertUnauthorized(check, "Basic dXNlcjpwYXNz", PARAMETERS, "no OAuth 1.0a");
        assertUnauthorized(check, "OAuth gibberish", PARAMETERS, "form");
        assertUnauthorized(check, HEADER.replace("oauth_nonce=\"chapoH\", ", ""), PARAMETERS, "oauth_nonce");
        assertUnauthorized(check, HEADER.replace("HMAC-SHA1", "PLAINTEXT"), PARAMETERS, "HMAC-SHA1");
        assertUnauthorized(check, HEADER.replace("137131202", "now"), PARAMETERS, "oauth_timestamp");
        assertUnauthorized(check, HEADER + ", oauth_nonce=\"again\"", PARAMETERS, "twice");
    }

    private static void assertUnauthorized(
            OAuthCheck check, String header, Map<String, List<String>> parameters, String words) {
        assertThatThrownBy(() -> check.check(request(header), parameters))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Unauthorized")
                .hasMessageContaining(words);
    }
}
