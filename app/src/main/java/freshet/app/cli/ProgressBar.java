package freshet.app.cli;

import java.io.PrintWriter;

/** Progress of long work: a bar that redraws itself on a terminal, a plain line every tenth of the way elsewhere. */
final class ProgressBar {

    private static final int WIDTH = 32;

    private final String what;
    private final PrintWriter out;
    private final boolean terminal;
    private int shown = -1;

    ProgressBar(String what, PrintWriter out, boolean terminal) {
        this.what = what;
        this.out = out;
        this.terminal = terminal;
    }

    /** @param done of {@code total}, in any unit */
    void reached(long done, long total) {
        int percent = total <= 0 ? 0 : (int) Math.min(100, done * 100 / total);
        int step = terminal ? 1 : 10;
        if (percent / step <= shown / step && shown >= 0) {
            return;
        }
        shown = percent;
        if (terminal) {
            int filled = percent * WIDTH / 100;
            out.print("\r" + what + " [" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + percent + " %");
        } else {
            out.println(what + ": " + percent + " %");
        }
        out.flush();
    }

    void end() {
        if (terminal && shown >= 0) {
            out.println();
        }
    }
}
