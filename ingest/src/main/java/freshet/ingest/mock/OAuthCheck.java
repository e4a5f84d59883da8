package freshet.ingest.mock;

import freshet.ingest.source.WallTime;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * OAuth 1.0a (RFC 5849) as Twitter asked for it: the header's form always, its keys, time and HMAC-SHA1 signature where
 * there are keys to compare with.
 */
final class OAuthCheck {

    private static final long CLOCK_TOLERANCE_SECONDS = 300;
    private static final List<String> SCHEMES = List.of("http", "https");
    private static final List<String> REQUIRED = List.of(
            "oauth_consumer_key",
            "oauth_nonce",
            "oauth_signature",
            "oauth_signature_method",
            "oauth_timestamp",
            "oauth_token");

    private final OAuthKeys keys;
    private final WallTime wall;

    OAuthCheck(OAuthKeys keys, WallTime wall) {
        this.keys = keys;
        this.wall = wall;
    }

    void check(FullHttpRequest request, Map<String, List<String>> parameters) throws RefusedException {
        Map<String, String> oauth = header(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""));
        for (String name : REQUIRED) {
            if (oauth.getOrDefault(name, "").isEmpty()) {
                throw unauthorized("the Authorization header lacks " + name);
            }
        }
        if (!oauth.get("oauth_signature_method").equals("HMAC-SHA1")) {
            throw unauthorized("oauth_signature_method is HMAC-SHA1");
        }
        if (!oauth.getOrDefault("oauth_version", "1.0").equals("1.0")) {
            throw unauthorized("oauth_version is 1.0");
        }
        long timestamp = timestamp(oauth.get("oauth_timestamp"));
        if (keys == null) {
            return;
        }
        if (!keys.consumerKey().equals(oauth.get("oauth_consumer_key"))
                || !keys.token().equals(oauth.get("oauth_token"))) {
            throw unauthorized("nobody here has this consumer key and token");
        }
        if (Math.abs(wall.millis() / 1000 - timestamp) > CLOCK_TOLERANCE_SECONDS) {
            throw unauthorized("oauth_timestamp is more than " + CLOCK_TOLERANCE_SECONDS + " s off");
        }
        byte[] given = oauth.get("oauth_signature").getBytes(StandardCharsets.UTF_8);
        // Whoever comes through a proxy that speaks TLS has signed an address that begins with https.
        if (SCHEMES.stream()
                .map(scheme -> signature(base(scheme, request, oauth, parameters)))
                .noneMatch(expected -> MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), given))) {
            throw unauthorized("the signature is wrong");
        }
    }

    private static RefusedException unauthorized(String why) {
        return new RefusedException(
                401,
                "Unauthorized: " + why
                        + " (any OAuth 1.0a client signs for you; a mock started with --no-auth asks for nothing)");
    }

    private static Map<String, String> header(String header) throws RefusedException {
        if (!header.regionMatches(true, 0, "OAuth ", 0, 6)) {
            throw unauthorized("there is no OAuth 1.0a Authorization header");
        }
        Map<String, String> oauth = new LinkedHashMap<>();
        for (String pair : header.substring(6).split(",")) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : pair.substring(equals + 1).strip();
            if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
                throw unauthorized("the Authorization header is not of the form OAuth name=\"value\", …");
            }
            try {
                String name = pair.substring(0, equals).strip();
                if (oauth.put(
                                name,
                                URLDecoder.decode(
                                        value.substring(1, value.length() - 1).replace("+", "%2B"),
                                        StandardCharsets.UTF_8))
                        != null) {
                    throw unauthorized("the Authorization header names " + name + " twice");
                }
            } catch (IllegalArgumentException e) {
                throw unauthorized("the Authorization header is not percent-encoded");
            }
        }
        return oauth;
    }

    private static long timestamp(String text) throws RefusedException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw unauthorized("oauth_timestamp is not a number of seconds");
        }
    }

    /** The signature base string, RFC 5849 section 3.4.1. */
    private static String base(
            String scheme, FullHttpRequest request, Map<String, String> oauth, Map<String, List<String>> parameters) {
        List<Pair> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> values.forEach(value -> pairs.add(Pair.of(name, value))));
        oauth.forEach((name, value) -> {
            if (!name.equals("oauth_signature") && !name.equals("realm")) {
                pairs.add(Pair.of(name, value));
            }
        });
        String sorted = pairs.stream()
                .sorted(Pair.ORDER)
                .map(pair -> pair.name + "=" + pair.value)
                .collect(Collectors.joining("&"));
        String path = request.uri().replaceFirst("\\?.*", "");
        String host = request.headers().get(HttpHeaderNames.HOST, "").toLowerCase(java.util.Locale.ROOT);
        String url = scheme + "://" + host.replaceFirst(scheme.equals("http") ? ":80$" : ":443$", "") + path;
        return request.method() + "&" + encode(url) + "&" + encode(sorted);
    }

    /** A parameter, encoded; sorted by name and then by value. */
    private record Pair(String name, String value) {
        static final Comparator<Pair> ORDER = Comparator.comparing(Pair::name).thenComparing(Pair::value);

        static Pair of(String name, String value) {
            return new Pair(encode(name), encode(value));
        }
    }

    private String signature(String base) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            String key = encode(keys.consumerSecret()) + "&" + encode(keys.tokenSecret());
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /** RFC 3986's unreserved characters stay. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
