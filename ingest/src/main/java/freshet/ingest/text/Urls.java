package freshet.ingest.text;

import java.util.List;

/** The URLs of a text, as far as hashtags need them. */
final class Urls {

    private Urls() {}

    /** Those of the tags that do not stand inside a URL. */
    static List<Span> without(List<Span> tags, String text) {
        return tags;
    }
}
