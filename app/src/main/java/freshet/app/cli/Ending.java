package freshet.app.cli;

import freshet.ingest.pipeline.Summary;

/** What is said when a source has come to its end. */
final class Ending {

    private Ending() {}

    static String of(SourcePlan plan, Summary summary) {
        String name = plan.source().name();
        return summary.lines() == 0 && !plan.stream().isLive()
                ? name + " has been played to its end before; --restart plays it afresh"
                : name + " has been played to its end: " + summary;
    }
}
