package freshet.datasets.generator;

import java.io.IOException;

/** Writes a line of a recording, without its end. */
interface LineFormat {

    byte[] format(Line line) throws IOException;

    static LineFormat of(GeneratorOptions.Format format) {
        return switch (format) {
            case CANONICAL -> new CanonicalFormat();
            case TWITTER -> new TwitterFormat();
        };
    }
}
