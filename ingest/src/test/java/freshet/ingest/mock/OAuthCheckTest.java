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
