package freshet.ingest.pipeline;

/** The log refused a record for good; nothing after it was sent, so a restart goes on from there. */
final class LogFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogFailedException(Exception cause) {
        super("the log refused a record: " + cause.getMessage() + "; start again to go on from where it is", cause);
    }
}
