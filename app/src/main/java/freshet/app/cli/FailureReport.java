package freshet.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;

/** Tells a user why a command failed: one line for what they can mend, a stack trace only for what is our bug. */
final class FailureReport {

    private FailureReport() {}

    /** Prints it and returns the exit code. */
    static int report(Throwable failure, PrintWriter err) {
        if (failure instanceof IllegalArgumentException) {
            err.println("freshet: " + message(failure));
            return 2;
        }
        if (failure instanceof IllegalStateException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof KafkaException) {
            err.println("freshet: " + message(failure));
            return 1;
        }
        err.println("freshet: a bug of ours, please report it: " + failure);
        failure.printStackTrace(err);
        return 1;
    }

    private static String message(Throwable failure) {
        Throwable told = failure;
        while (told.getMessage() == null && told.getCause() != null) {
            told = told.getCause();
        }
        String message = told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
        return message.replaceAll("\\s*\\R\\s*", "; ");
    }
}
