package freshet.dashboard.api;

import freshet.storage.history.TimelinePoint;
import java.util.List;
import java.util.Locale;

/** A timeline as RFC 4180 has it, its first line the names. */
final class Csv {

    private Csv() {}

    static String timeline(String tag, List<TimelinePoint> points) {
        StringBuilder csv = new StringBuilder("at,tag,state,rank,count,authors,expected,score,id,low,high\r\n");
        for (TimelinePoint point : points) {
            csv.append(point.at())
                    .append(',')
                    .append(quote(tag))
                    .append(',')
                    .append(point.state().name().toLowerCase(Locale.ROOT))
                    .append(',')
                    .append(point.rank())
                    .append(',')
                    .append(point.count())
                    .append(',')
                    .append(point.authors())
                    .append(',')
                    .append(point.expected())
                    .append(',')
                    .append(point.score())
                    .append(',')
                    .append(quote(point.id()))
                    .append(',')
                    .append(point.band() == null ? "" : point.band().low())
                    .append(',')
                    .append(point.band() == null ? "" : point.band().high())
                    .append("\r\n");
        }
        return csv.toString();
    }

    /** Quoted, and with a quote in front where a spreadsheet would take it for a formula. */
    private static String quote(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
