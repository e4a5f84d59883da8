package freshet.ingest.contract;

/**
 * Takes back a post, or all posts of an author. It stands under the key of the author whose post it is.
 *
 * @param source the source of what is retracted
 * @param post id of the retracted post, or null where all posts of the author are
 * @param author id of the author: required where all their posts are retracted, optional beside a post
 * @param time when, event time in milliseconds (JSON {@code at})
 */
public record Retraction(String source, String post, String author, long time) implements PostsRecord {

    public Retraction {
        if (post == null && author == null) {
            throw new IllegalArgumentException("a retraction names a post or an author");
        }
    }
}
