package freshet.ingest.pipeline;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.TimeMarker;
import freshet.ingest.format.Line;
import freshet.ingest.format.LineFormat;
import freshet.ingest.source.Lines;
import freshet.ingest.text.Hashtags;
import freshet.ingest.text.TextHash;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes lines in, one by one and in order, and sees each to its place. One thread; knows neither Kafka nor files. */
final class Intake implements TimeCheck.Sink {

    /** Longer texts are no posts of any network, and a hostile one would cost every stage after this. */
    static final int TEXT_CHARS_MAX = 65_536;

    static final int ID_CHARS_MAX = 512;

    /** Lines up to this size can't become values above {@link PostsTopic#VALUE_BYTES_MAX}. */
    private static final int SURELY_SMALL = PostsTopic.VALUE_BYTES_MAX / 4;

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final LineFormat format = new LineFormat();
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

    /** Takes the line on which the source stands. */
    void take(Lines lines) throws InterruptedException {
        counts.lines.increment();
        counts.bytes.add(lines.fullLength() + 1);
        Entry entry = read(lines);
        if (entry != null) {
            check.offer(entry, this);
        }
    }

    /** The source has ended. */
    void end(long latenessMillis) throws IOException, InterruptedException {
        check.end(this);
        publisher.end(latenessMillis);
    }

    private Entry read(Lines lines) {
        if (lines.fault() != null) {
            return new Entry(lines, null, lines.fault());
        }
        if (lines.fullLength() > lines.length()) {
            return new Entry(
                    lines, null, "a line of " + lines.fullLength() + " bytes; at most " + Lines.MAX_LINE + " are read");
        }
        if (isBlank(lines)) {
            return null;
        }
        Line line = format.read(lines.bytes(), lines.offset(), lines.length());
        if (line instanceof Line.Control control) {
            counts.controls.increment();
            if (control.kind().equals("disconnect") || control.kind().equals("warning")) {
                LOG.warn("{}: the source says {}", lines.position(), control.kind());
            }
            return null;
        }
        if (line instanceof Line.Unreadable unreadable) {
            return new Entry(lines, null, unreadable.reason());
        }
        PostsRecord record = ((Line.Item) line).record();
        return new Entry(lines, record, record instanceof Post post ? unbelievable(post) : null);
    }

    private static boolean isBlank(Lines lines) {
        byte[] bytes = lines.bytes();
        int end = lines.offset() + lines.length();
        for (int i = lines.offset(); i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Why a post is none although it can be read, or null. */
    private static String unbelievable(Post post) {
        if (post.text().length() > TEXT_CHARS_MAX) {
            return "a text of " + post.text().length() + " characters; at most " + TEXT_CHARS_MAX + " are believed";
        }
        if (post.id().length() > ID_CHARS_MAX
                || post.author().id().length() > ID_CHARS_MAX
                || post.source().length() > ID_CHARS_MAX) {
            return "an id or source of more than " + ID_CHARS_MAX + " characters";
        }
        return null;
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
            value = PostCodec.encode(enriched(post));
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

    private static Post enriched(Post post) {
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
