package freshet.ingest.text;

import freshet.ingest.contract.Post;

/** Gives a post what its source left out and its text tells: hashtags, and the hash of the text. */
public final class Completion {

    private Completion() {}

    /** The same post with both; what the source says itself stays. */
    public static Post of(Post post) {
        if (post.hashtags() != null && post.textHash() != null) {
            return post;
        }
        return new Post(
                post.id(),
                post.source(),
                post.time(),
                post.lang(),
                post.repostOf(),
                post.geo(),
                post.author(),
                post.hashtags() != null ? post.hashtags() : Hashtags.of(post.text()),
                post.textHash() != null ? post.textHash() : TextHash.of(post.text()),
                post.text(),
                post.replyTo(),
                post.url());
    }
}
