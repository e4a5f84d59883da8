package freshet.storage.feed;

import freshet.ingest.contract.Stream;
import java.util.Optional;
import java.util.regex.Pattern;

/** A stream's topic of a base name, found by its full name. */
public record StreamTopic(Stream stream, String base) {

    /** The full names that the topics of {@code base} bear, over all streams. */
    public static Pattern pattern(String base) {
        return Pattern.compile("([A-Za-z0-9_-]{1,120}\\.)?" + Pattern.quote(base));
    }

    /** The stream that a topic belongs to, if it is one of that base name. */
    public static Optional<StreamTopic> parse(String topic, String base) {
        if (!pattern(base).matcher(topic).matches()) {
            return Optional.empty();
        }
        String name = topic.equals(base) ? "" : topic.substring(0, topic.length() - base.length() - 1);
        return Optional.of(new StreamTopic(new Stream(name), base));
    }
}
