package freshet.ingest.source;

import freshet.ingest.source.clock.ClockSource;
import freshet.ingest.source.file.FileSource;
import freshet.ingest.source.file.StandardInput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The sources that exist, by the name that stands before the colon on the command line. */
public final class Sources {

    /** A kind of source: its form on the command line, what it is, and how one is made of what follows the colon. */
    public record Kind(String prefix, String usage, String description, Function<String, Source> factory) {}

    private final List<Kind> kinds = new ArrayList<>();

    public Sources() {
        register(new Kind(
                "file",
                "file:PATH",
                "a recording: NDJSON of posts or of Twitter v1.1 messages, plain, .gz or .zst",
                FileSource::new));
        register(new Kind(
                "clock",
                "clock:",
                "the wall clock, every second into every partition",
                rest -> new ClockSource(WallTime.SYSTEM)));
    }

    /** Adds a kind of source; for those whose dependencies are optional. */
    public void register(Kind kind) {
        kinds.removeIf(k -> k.prefix().equals(kind.prefix()));
        kinds.add(kind);
    }

    public List<Kind> kinds() {
        return List.copyOf(kinds);
    }

    /**
     * The source that a word on the command line names: {@code -}, {@code kind:rest}, or a path.
     *
     * @throws IllegalArgumentException with one line that lists what exists
     */
    public Source parse(String word) {
        if (word.equals("-")) {
            return new StandardInput(System.in);
        }
        int colon = word.indexOf(':');
        String prefix = colon < 0 ? "" : word.substring(0, colon);
        for (Kind kind : kinds) {
            if (kind.prefix().equals(prefix)) {
                return kind.factory().apply(word.substring(colon + 1));
            }
        }
        // A single letter is a Windows drive; a slash before the colon is a path that happens to hold one.
        boolean path = prefix.length() < 2 || prefix.indexOf('/') >= 0 || prefix.indexOf('.') >= 0;
        if (path && !word.isBlank()) {
            return new FileSource(word);
        }
        StringBuilder known = new StringBuilder();
        for (Kind kind : kinds) {
            known.append(kind.usage()).append(" (").append(kind.description()).append("), ");
        }
        throw new IllegalArgumentException(
                "unknown source \"" + word + "\"; there are " + known + "- (standard input)");
    }
}
