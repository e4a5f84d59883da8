package freshet.ingest.pipeline;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.TimeMarker;
import freshet.ingest.text.Completion;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what lines say, one by one and in order, and sees each to its place. One thread; knows neither Kafka nor files. */
final class Intake implements TimeCheck.Sink {

    /** Lines up to this size can't become values above {@link PostsTopic#VALUE_BYTES_MAX}. */
    private static final int SURELY_SMALL = PostsTopic.VALUE_BYTES_MAX / 4;

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final RecentAuthors authors;
    private final TimeCheck check;
    private final Publisher publisher;
    private final Pace pace;
    private final LongSupplier now;
    private final Counts counts;

    /** @param now what a retraction can't be later than: the stream's clock */
    Intake(TimeCheck check, Publisher publisher, Pace pace, RecentAuthors authors, LongSupplier now, Counts counts) {
        this.check = check;
        this.publisher = publisher;
        this.pace = pace;
        this.authors = authors;
        this.now = now;
        this.counts = counts;
    }

    /** Takes the next line. */
    void take(Entry entry) throws InterruptedException {
        check.offer(entry, this);
    }

    /** The source has ended. */
    void end(long latenessMillis) throws IOException, InterruptedException {
        check.end(this);
        publisher.end(latenessMillis);
    }

    @Override
    public void accept(Entry entry) throws InterruptedException {
        if (entry.reason() != null) {
            publisher.reject(entry);
            LOG.debug("{}: rejected: {}", entry.position(), entry.reason());
        } else if (entry.record instanceof Post post) {
            post(entry, post);
        } else if (entry.record instanceof Retraction retraction) {
            retraction(entry, retraction);
        } else if (entry.record instanceof TimeMarker) {
            pace.await(entry.time());
            publisher.time(entry);
        }
    }

    private void post(Entry entry, Post post) throws InterruptedException {
        authors.wrote(post.source(), post.author().id(), post.id());
        byte[] key = PostsTopic.keyBytes(post.source(), post.author().id());
        boolean lacking = publisher.lacks(entry.ordinal, key);
        byte[] value = null;
        if (lacking || entry.fullLength > SURELY_SMALL) {
            value = PostCodec.encode(Completion.of(post));
            if (value.length > PostsTopic.VALUE_BYTES_MAX) {
                entry.reject("a post of " + value.length + " bytes; at most " + PostsTopic.VALUE_BYTES_MAX
                        + " are believed");
                publisher.reject(entry);
                return;
            }
        }
        if (lacking) {
            pace.await(post.time());
        }
        publisher.post(entry, post, key, value);
    }

    /** A retraction belongs under its author's key and is never ahead of the stream's clock, whatever it says. */
    private void retraction(Entry entry, Retraction retraction) throws InterruptedException {
        String author =
                retraction.author() != null ? retraction.author() : authors.of(retraction.source(), retraction.post());
        long clock = now.getAsLong();
        if (author == null || clock < 0) {
            counts.unmatched.increment();
            return;
        }
        long time = retraction.time() < 0 ? clock : Math.min(retraction.time(), clock);
        publisher.retraction(
                entry,
                new Retraction(
                        retraction.source(),
                        retraction.post(),
                        retraction.post() == null ? retraction.author() : null,
                        time),
                PostsTopic.keyBytes(retraction.source(), author));
    }
}
