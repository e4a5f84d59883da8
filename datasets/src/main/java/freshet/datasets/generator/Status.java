package freshet.datasets.generator;

import java.util.List;

/**
 * A post on its way to a recording.
 *
 * @param tags as written in the text, without {@code #}, in their order
 * @param repostOf what it repeats, or null; then text and tags are those of the original
 * @param replyTo what it answers, or null
 */
record Status(
        long id,
        long time,
        Account author,
        String lang,
        String text,
        List<String> tags,
        Status repostOf,
        Status replyTo) {

    /** What a repost repeats, else itself. */
    Status original() {
        return repostOf != null ? repostOf : this;
    }
}
