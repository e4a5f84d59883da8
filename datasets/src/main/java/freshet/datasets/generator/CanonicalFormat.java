package freshet.datasets.generator;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.Retraction;

/** Lines as they stand in {@code posts}. */
final class CanonicalFormat implements LineFormat {

    private static final String SOURCE = "generated";

    @Override
    public byte[] format(Line line) {
        Status status = line.status();
        String id = Long.toString(status.id());
        if (line.deletedAt() != 0) {
            return PostCodec.encode(new Retraction(SOURCE, id, null, line.deletedAt()));
        }
        Account author = status.author();
        return PostCodec.encode(new Post(
                id,
                SOURCE,
                status.time(),
                status.lang(),
                status.repostOf() == null
                        ? null
                        : Long.toString(status.repostOf().id()),
                null,
                new Post.Author(Long.toString(author.id()), author.handle(), author.followers(), author.createdAt()),
                status.tags(),
                null,
                status.text(),
                status.replyTo() == null ? null : Long.toString(status.replyTo().id()),
                null));
    }
}
