package freshet.trends.runtime;

/**
 * A record of the input follows something that has not arrived. It is never applied. Its writer, or whoever takes over
 * from it, writes what is missing and then this again.
 */
public final class MissingRecordsException extends Exception {
    private static final long serialVersionUID = 1;

    public MissingRecordsException(String message) {
        super(message);
    }
}
