package freshet.app.cli;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.pipeline.Summary;
import freshet.ingest.source.Source;

/** What is said when a source has come to its end. */
final class Ending {

    private Ending() {}

    static String of(SourcePlan plan, Summary summary) {
        String name = plan.source().name();
        // A recording that is in the log already isn't even opened; an empty one is, and has a size.
        boolean before =
                plan.source().kind() == Source.Kind.RECORDING && summary.lines() == 0 && summary.bytesTotal() < 0;
        if (before) {
            return name + " has been played to its end before; --restart plays it afresh";
        }
        return name + " has been played to its end: " + summary
                + (summary.rejected() > 0 ? "; why, says " + plan.stream().topic(PostsTopic.REJECTED) : "");
    }
}
