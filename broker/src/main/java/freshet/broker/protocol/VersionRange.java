package freshet.broker.protocol;

/** Versions of an API, both ends included. */
public record VersionRange(short min, short max) {

    public VersionRange {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException("versions " + min + " to " + max);
        }
    }

    boolean contains(short version) {
        return version >= min && version <= max;
    }
}
