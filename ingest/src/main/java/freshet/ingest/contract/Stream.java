package freshet.ingest.contract;

import java.util.regex.Pattern;

/**
 * One set of topics with one clock: the live stream, whose topics bear the plain names, or a replay, whose topics bear
 * the recording's name in front ({@code NAME.posts}). Two clocks in one topic would make each other late.
 *
 * @param name empty for the live stream, else the recording's name: letters, digits, {@code _} and {@code -}
 */
public record Stream(String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{0,120}");

    public static final Stream LIVE = new Stream(""); // after the pattern that it is checked with

    public Stream {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a stream's name may hold letters, digits, '_' and '-' (at most 120), not \"" + name + "\"");
        }
    }

    /** The stream that a recording file plays into: its name without folders and endings, other characters as '-'. */
    public static Stream ofRecording(String file) {
        String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        String stem = base.replaceFirst("(\\.(ndjson|jsonl|json|txt))?(\\.(gz|zst))?$", "");
        String name = stem.replaceAll("[^A-Za-z0-9_-]", "-");
        return new Stream(name.isEmpty() ? "recording" : name.substring(0, Math.min(name.length(), 120)));
    }

    public boolean isLive() {
        return name.isEmpty();
    }

    /** The full name of a topic of this stream, e.g. {@code posts} or {@code eclipse.posts}. */
    public String topic(String base) {
        return isLive() ? base : name + "." + base;
    }
}
