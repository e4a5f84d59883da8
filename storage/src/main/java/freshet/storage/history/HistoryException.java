package freshet.storage.history;

/** The history cannot answer or store; the message says in one line what failed and what to do. */
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
