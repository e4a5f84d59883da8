package freshet.ingest.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
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
 * not count. {@code today's} has the tokens {@code today's}, {@code today} and {@code s}. A term that begins with {@code #}, {@code @} or {@code $} is met only by such a word.
 */
final class TrackTokens {

    /** A tag, handle or cash tag, as far as its word goes. */
    private static final Pattern MARKED =
            Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_&/])[#＃@＠$]([\\p{L}\\p{M}\\p{N}_]+)(?:['’]s\\b)?");

    private static final Pattern PIECES = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_'’]+");
    private static final Pattern APOSTROPHE = Pattern.compile("['’]");
    private static final Pattern EDGES = Pattern.compile("^[^\\p{L}\\p{M}\\p{N}_]+|[^\\p{L}\\p{M}\\p{N}_]+$");
    private static final Pattern PROTOCOL = Pattern.compile("^\\p{Alpha}[\\p{Alnum}+.-]*://");

    private final List<String> texts = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private boolean split;

    private TrackTokens() {}

    static TrackTokens of(JsonNode status) {
        TrackTokens tokens = new TrackTokens();
        tokens.status(status);
        tokens.status(status.path("retweeted_status"));
        return tokens;
    }

    static TrackTokens ofText(String text) {
        TrackTokens tokens = new TrackTokens();
        tokens.add(tokens.texts, text);
        return tokens;
    }

    static String core(String word) {
        return EDGES.matcher(word).replaceAll("");
    }

    /** Most statuses have no such letters at all and needn't be split. */
    boolean contain(TrackPhrase.Term term) {
        if (term.core().isEmpty()) {
            return isSomewhere(term.word(), texts); // an emoji or a sign, which is no word and needs no end
        }
        if (!isSomewhere(term.core(), texts) && !isSomewhere(term.core(), links)) {
            return false;
        }
        if (!split) {
            split = true;
            texts.forEach(this::split);
            links.forEach(this::word);
        }
        return tokens.contains(term.word()) || !term.marked() && tokens.contains(term.core());
    }

    private static boolean isSomewhere(String letters, List<String> in) {
        return in.stream().anyMatch(text -> text.contains(letters));
    }

    private void add(List<String> to, String text) {
        if (!text.isEmpty()) {
            to.add(text.toLowerCase(Locale.ROOT));
        }
    }

    private void status(JsonNode status) {
        add(texts, status.path("text").asText(""));
        add(texts, status.path("full_text").asText(""));
        entities(status.path("entities"));
        entities(status.path("extended_entities"));
        add(texts, status.path("extended_tweet").path("full_text").asText(""));
        entities(status.path("extended_tweet").path("entities"));
    }

    private void entities(JsonNode entities) {
        entities.path("hashtags")
                .forEach(tag -> add(texts, "#" + tag.path("text").asText("")));
        entities.path("symbols")
                .forEach(symbol -> add(texts, "$" + symbol.path("text").asText("")));
        entities.path("user_mentions")
                .forEach(user -> add(texts, "@" + user.path("screen_name").asText("")));
        entities.path("urls").forEach(this::link);
        entities.path("media").forEach(this::link);
    }

    private void link(JsonNode link) {
        add(links, link.path("expanded_url").asText(""));
        add(links, link.path("display_url").asText(""));
    }

    private void split(String text) {
        Matcher marked = MARKED.matcher(text);
        while (marked.find()) {
            char mark = text.charAt(marked.start());
            tokens.add(marked.group(1));
            tokens.add((mark == '＃' ? '#' : mark == '＠' ? '@' : mark) + marked.group(1));
        }
        for (String word : marked.replaceAll(" ").split("\\s+")) {
            word(word);
        }
    }

    private void word(String word) {
        String bare = core(PROTOCOL.matcher(word).replaceFirst(""));
        if (bare.startsWith("www.")) {
            bare = bare.substring("www.".length());
        }
        if (bare.isEmpty()) {
            return;
        }
        tokens.add(bare);
        for (String piece : PIECES.split(bare)) {
            if (!piece.isEmpty()) {
                tokens.add(core(piece));
                if (APOSTROPHE.matcher(piece).find()) {
                    Collections.addAll(tokens, APOSTROPHE.split(piece));
                }
            }
        }
    }
}
