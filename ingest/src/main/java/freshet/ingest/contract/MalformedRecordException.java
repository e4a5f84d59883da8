package freshet.ingest.contract;

/** The bytes are no record of the {@code posts} contract; the message says in one line why. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedRecordException(String message) {
        super(message);
    }
}
