package freshet.app.cli;

import freshet.datasets.evaluation.Evaluation;
import freshet.datasets.evaluation.EvaluationOptions;
import freshet.datasets.evaluation.Report;
import freshet.datasets.truth.Truth;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares what is found in a recording with its ground truth. */
@Command(
        name = "evaluate",
        description = "Says how well and how early the breakouts of a recording are found.",
        footer = {
            "",
            "Plays the recording through the job's own steps within this process, as fast as",
            "it goes, without a broker.",
            "",
            "Examples:",
            "  ./freshet generate world.ndjson.gz --duration 2d --breakouts 24",
            "  ./freshet evaluate world.ndjson.gz",
            "  ./freshet evaluate real.ndjson.zst --truth known.json --json report.json"
        })
final class EvaluateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECORDING", description = "A file of posts or of Twitter v1.1 messages.")
    private Path recording;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Its ground truth (default: the .truth.json file beside the recording).")
    private Path truth;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON, too.")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        EvaluationOptions options = EvaluationOptions.of(recording, truth == null ? Truth.beside(recording) : truth);
        PrintWriter err = spec.commandLine().getErr();
        ProgressBar bar = new ProgressBar("evaluating " + recording.getFileName(), err, System.console() != null);
        Report report = new Evaluation(options).run(bar::reached);
        bar.end();
        spec.commandLine().getOut().print(Evaluation.table(report));
        spec.commandLine().getOut().flush();
        if (json != null) {
            Files.writeString(json, Evaluation.json(report) + "\n");
        }
        return 0;
    }
}
