package freshet.dashboard.posts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a post stands: {@code partition@offset}. */
public record Ref(int partition, long offset) {

    private static final Pattern REF = Pattern.compile("(\\d{1,6})@(\\d{1,18})");

    public static Optional<Ref> parse(String ref) {
        Matcher matcher = REF.matcher(ref);
        return matcher.matches()
                ? Optional.of(new Ref(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
