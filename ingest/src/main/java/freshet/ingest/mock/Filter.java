package freshet.ingest.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a filtered stream lets through: a status that matches any phrase, user or box, and is in one of the languages
 * where some are named. Limits are those of Twitter's default access.
 */
final class Filter {

    private static final int PHRASES_MAX = 400;
    private static final int PHRASE_BYTES_MAX = 60;
    private static final int USERS_MAX = 5_000;
    private static final int BOXES_MAX = 25;

    private final List<TrackPhrase> track;
    private final Set<String> follow;
    private final List<BoundingBox> locations;
    private final Set<String> languages;

    private Filter(List<TrackPhrase> track, Set<String> follow, List<BoundingBox> locations, Set<String> languages) {
        this.track = track;
        this.follow = follow;
        this.locations = locations;
        this.languages = languages;
    }

    /** Reads the parameters, each null or empty where it is absent. */
    static Filter of(String track, String follow, String locations, String language) throws RefusedException {
        List<TrackPhrase> phrases = new ArrayList<>();
        for (String phrase : words(track)) {
            if (phrase.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > PHRASE_BYTES_MAX) {
                throw new RefusedException(
                        406, "Parameter track item longer than " + PHRASE_BYTES_MAX + " bytes: " + phrase);
            }
            phrases.add(TrackPhrase.parse(phrase));
        }
        atMost(PHRASES_MAX, phrases.size(), "track");
        Set<String> users = new HashSet<>();
        for (String user : words(follow)) {
            if (!user.matches("\\d{1,20}")) {
                throw new RefusedException(406, "Parameter follow has unparseable items: " + user);
            }
            users.add(user);
        }
        atMost(USERS_MAX, users.size(), "follow");
        List<BoundingBox> boxes = BoundingBox.parse(words(locations));
        atMost(BOXES_MAX, boxes.size(), "locations");
        Set<String> languages = new HashSet<>();
        words(language).forEach(each -> languages.add(each.toLowerCase(Locale.ROOT)));
        return new Filter(phrases, users, boxes, languages);
    }

    private static List<String> words(String parameter) {
        List<String> words = new ArrayList<>();
        for (String word : parameter == null ? new String[0] : parameter.split(",")) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    private static void atMost(int most, int size, String parameter) throws RefusedException {
        if (size > most) {
            throw new RefusedException(
                    413, "Parameter " + parameter + " has " + size + " items; at most " + most + " are allowed");
        }
    }

    boolean hasPredicate() {
        return !track.isEmpty() || !follow.isEmpty() || !locations.isEmpty();
    }

    boolean letsAllThrough() {
        return !hasPredicate() && languages.isEmpty();
    }

    /** The sample takes no other parameter. */
    Filter languageOnly() {
        return new Filter(List.of(), Set.of(), List.of(), languages);
    }

    boolean matches(JsonNode status) {
        if (!languages.isEmpty()
                && !languages.contains(status.path("lang").asText("").toLowerCase(Locale.ROOT))) {
            return false;
        }
        return !hasPredicate() || isFollowed(status) || isTracked(status) || isThere(status);
    }

    /** By them, a retweet of theirs, or a reply to theirs. */
    private boolean isFollowed(JsonNode status) {
        return !follow.isEmpty()
                && (follow.contains(id(status.path("user"), "id"))
                        || follow.contains(id(status, "in_reply_to_user_id"))
                        || follow.contains(id(status.path("retweeted_status").path("user"), "id")));
    }

    private static String id(JsonNode object, String name) {
        JsonNode text = object.path(name + "_str");
        return text.isTextual() ? text.asText() : object.path(name).asText("");
    }

    private boolean isTracked(JsonNode status) {
        if (track.isEmpty()) {
            return false;
        }
        TrackTokens tokens = TrackTokens.of(status);
        return track.stream().anyMatch(phrase -> phrase.matches(tokens));
    }

    private boolean isThere(JsonNode status) {
        return locations.stream().anyMatch(box -> box.matches(status));
    }
}
