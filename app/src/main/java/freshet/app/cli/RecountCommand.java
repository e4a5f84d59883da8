package freshet.app.cli;

import freshet.trends.recount.Recount;
import freshet.trends.recount.TopicRecount;
import freshet.trends.recount.Verdict;
import freshet.trends.time.Windows;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds a stream's published finals against its posts. */
@Command(
        name = "recount",
        description = "Counts a stream's posts again by brute force and compares every tag and slide of its finals.",
        footer = {
            "",
            "The job must have ranked every tag: run it with --every-tag, a ranking that",
            "holds them all, and more heap.",
            "",
            "Examples:",
            "  FRESHET_HEAP=2g ./freshet up --speed max --every-tag --min-authors 3 \\",
            "                               --ranking-size 1000000",
            "  ./freshet recount --stream demo --min-authors 3     when it has been played"
        })
final class RecountCommand implements Callable<Integer> {

    @Mixin
    private BootstrapOption bootstrap;

    @Mixin
    private StreamOption stream;

    @Option(names = "--windows", paramLabel = "SIZE/SLIDE,…", description = "As the job had them.")
    private String windows = "1m/1s,10m/10s,1h/1m";

    @Mixin
    private LatenessOption lateness;

    @Option(names = "--min-authors", paramLabel = "N", description = "As the job had it (default: 1).")
    private int authorsMin = 1;

    @Option(names = "--exact-uses", paramLabel = "N", description = "As the job had it (default: 16384).")
    private int exactUsesMax = Recount.EXACT_USES_MAX;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        bootstrap.connect().close();
        Verdict verdict = new TopicRecount(bootstrap.servers(), stream.stream())
                .judge(Windows.parse(windows).all(), lateness.millis(), authorsMin, exactUsesMax);
        PrintWriter out = spec.commandLine().getOut();
        verdict.findings().forEach(out::println);
        out.printf(
                "%,d slides with %,d tags counted again: %s%n",
                verdict.slides(),
                verdict.tags(),
                verdict.agrees() ? "all agree" : verdict.findings().size() + " findings");
        return verdict.agrees() ? 0 : 1;
    }
}
