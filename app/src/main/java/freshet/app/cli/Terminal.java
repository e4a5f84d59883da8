package freshet.app.cli;

import java.io.Console;

/** Whether a person watches: from Java 22 on there is a console also where output goes to a file. */
final class Terminal {

    private Terminal() {}

    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before 22 a console is a terminal
        }
    }
}
