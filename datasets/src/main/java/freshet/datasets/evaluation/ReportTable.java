package freshet.datasets.evaluation;

import freshet.datasets.evaluation.Report.False;
import freshet.datasets.evaluation.Report.Found;
import freshet.datasets.evaluation.Report.WindowReport;
import java.util.Locale;

/** A report as text. */
final class ReportTable {

    private static final int FALSE_SHOWN = 20;

    private ReportTable() {}

    static String of(Report report) {
        StringBuilder out = new StringBuilder();
        line(
                out,
                "%s: %d posts, %.2f days, %.1f s",
                report.recording(),
                report.posts(),
                report.days(),
                report.seconds());
        if (report.unreadable() > 0) {
            line(out, "%d lines could not be read", report.unreadable());
        }
        line(out, "");
        line(
                out,
                "%-8s%9s%14s%11s%11s%14s%14s",
                "window",
                "recall",
                "recall >=30",
                "precision",
                "false/day",
                "median delay",
                "of onset-peak");
        for (WindowReport window : report.windows()) {
            line(
                    out,
                    "%-8s%9.2f%14.2f%11.2f%11.1f%14s%13.0f%%",
                    window.window(),
                    window.recall(),
                    window.recallOfLarge(),
                    window.precision(),
                    window.falsePerDay(),
                    delay(window.medianDelaySeconds()),
                    100 * window.medianDelayShare());
        }
        for (WindowReport window : report.windows()) {
            line(out, "");
            line(out, "window %s", window.window());
            for (Found one : window.breakouts()) {
                line(
                        out,
                        "  %-7s %-9s %-28s %s  %4d authors, %4d in ten minutes%s",
                        one.found() ? "found" : "MISSED",
                        one.shape() == null ? "" : one.shape(),
                        one.tag(),
                        one.onset(),
                        one.authors(),
                        one.peakAuthors(),
                        one.found() ? ", after " + delay(one.delaySeconds()) + ", rank " + one.rank() : "");
            }
            window.falseTrends().stream().limit(FALSE_SHOWN).forEach(one -> wrong(out, one));
            if (window.falseTrends().size() > FALSE_SHOWN) {
                line(out, "  … and %d more false trends", window.falseTrends().size() - FALSE_SHOWN);
            }
        }
        return out.toString();
    }

    private static void wrong(StringBuilder out, False one) {
        line(
                out,
                "  %-7s %-9s %-28s %s  %4d authors, %.2f expected, score %.1f, rank %d%s",
                "FALSE",
                one.kind().equals("background") ? "" : one.kind(),
                one.tag(),
                one.at(),
                one.authors(),
                one.expected(),
                one.score(),
                one.rank(),
                one.warming() ? ", warming" : "");
    }

    private static String delay(double seconds) {
        return seconds < 0 ? "-" : String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
