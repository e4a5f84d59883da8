package freshet.ingest.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of a status that {@code track} is compared with: those of its text, its tags, its mentions and its links as
 * they expand and show; also of the status that it repeats, since its own text is cut. As Twitter's guide has it, {@code
 * twitter} is in {@code "Twitter"}, {@code twitter.}, {@code #twitter}, {@code @twitter} and {@code http://twitter.com}
 * but not in {@code TwitterTracker} or {@code #newtwitter}; {@code twitter's} is not in {@code @Twitter's}; {@code
 * example.com} is not in {@code example.com/foobarbaz}, of which {@code example com} is; and a link's {@code www.} does
 * not count. A term that begins with {@code #}, {@code @} or {@code $} is met only by such a word.
 */
final class TrackTokens {

    /** A tag, handle or cash tag, as far as its word goes. */
    private static final Pattern MARKED =
            Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_&/])[#＃@＠$]([\\p{L}\\p{M}\\p{N}_]+)(?:['’]s\\b)?");

    private static final Pattern PIECES = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_'’]+");
    private static final Pattern EDGES = Pattern.compile("^[^\\p{L}\\p{M}\\p{N}_]+|[^\\p{L}\\p{M}\\p{N}_]+$");
    private static final Pattern PROTOCOL = Pattern.compile("^\\p{Alpha}[\\p{Alnum}+.-]*://");

    private final Set<String> tokens = new HashSet<>();

    private TrackTokens() {}

    static TrackTokens of(JsonNode status) {
        TrackTokens tokens = new TrackTokens();
        tokens.status(status);
        tokens.status(status.path("retweeted_status"));
        return tokens;
    }

    static TrackTokens ofText(String text) {
        TrackTokens tokens = new TrackTokens();
        tokens.text(text);
        return tokens;
    }

    boolean contain(String term) {
        return tokens.contains(term) || tokens.contains(EDGES.matcher(term).replaceAll("")) && isPlain(term);
    }

    /** Punctuation around a term is nothing, but for the marks that make it a tag or a handle. */
    private static boolean isPlain(String term) {
        return "#＃@＠$".indexOf(term.charAt(0)) < 0 && term.length() > 1;
    }

    private void status(JsonNode status) {
        text(status.path("text").asText(""));
        text(status.path("full_text").asText(""));
        entities(status.path("entities"));
        entities(status.path("extended_entities"));
        text(status.path("extended_tweet").path("full_text").asText(""));
        entities(status.path("extended_tweet").path("entities"));
    }

    private void entities(JsonNode entities) {
        entities.path("hashtags").forEach(tag -> marked('#', tag.path("text").asText("")));
        entities.path("symbols")
                .forEach(symbol -> marked('$', symbol.path("text").asText("")));
        entities.path("user_mentions")
                .forEach(user -> marked('@', user.path("screen_name").asText("")));
        entities.path("urls").forEach(this::link);
        entities.path("media").forEach(this::link);
    }

    private void marked(char mark, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        tokens.add(lower);
        tokens.add(mark + lower);
    }

    private void link(JsonNode link) {
        word(link.path("expanded_url").asText("").toLowerCase(Locale.ROOT));
        word(link.path("display_url").asText("").toLowerCase(Locale.ROOT));
    }

    private void text(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher marked = MARKED.matcher(lower);
        while (marked.find()) {
            char mark = lower.charAt(marked.start());
            marked(mark == '＃' ? '#' : mark == '＠' ? '@' : mark, marked.group(1));
        }
        for (String word : marked.replaceAll(" ").split("\\s+")) {
            word(word);
        }
    }

    private void word(String word) {
        String bare = EDGES.matcher(PROTOCOL.matcher(word).replaceFirst("")).replaceAll("");
        if (bare.startsWith("www.")) {
            bare = bare.substring("www.".length());
        }
        if (bare.isEmpty()) {
            return;
        }
        tokens.add(bare);
        for (String piece : PIECES.split(bare)) {
            if (!piece.isEmpty()) {
                tokens.add(EDGES.matcher(piece).replaceAll(""));
            }
        }
    }
}
