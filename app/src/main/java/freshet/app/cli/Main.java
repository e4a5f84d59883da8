package freshet.app.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The {@code freshet} command. */
@Command(
        name = "freshet",
        mixinStandardHelpOptions = true,
        version = "freshet 0.1.0",
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Finds breakout trends in social-media posts while they break out.",
        subcommands = {
            UpCommand.class,
            BrokerCommand.class,
            IngestCommand.class,
            TrendsCommand.class,
            DashboardCommand.class,
            WatchCommand.class,
            GenerateCommand.class,
            EvaluateCommand.class,
            RecountCommand.class,
            MockCommand.class,
        },
        footer = {
            "",
            "  test      what continuous integration runs: ./freshet test [--all]",
            "  bench     how fast it is, beside others: ./freshet bench",
            "",
            "Examples:",
            "  ./freshet up                                  play the bundled recording",
            "  ./freshet up file:day.ndjson.gz --speed 60x   one of yours, an hour a minute",
            "  ./freshet COMMAND --help                      about a command, with examples"
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
    }

    /** Runs a command line; returns its exit code. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine command = new CommandLine(new Main());
        command.setOut(out).setErr(err);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler((e, arguments) -> {
            CommandLine failed = e.getCommandLine();
            err.println("freshet: " + oneLine(e.getMessage()) + " (see: freshet "
                    + (failed.getParent() == null ? "" : failed.getCommandName() + " ") + "--help)");
            return 2;
        });
        command.setExecutionExceptionHandler((e, failed, result) -> FailureReport.report(e, err));
        if (args.length == 0) {
            command.usage(err);
            return 2;
        }
        return command.execute(args);
    }

    private static String oneLine(String message) {
        return message == null ? "the arguments make no sense" : message.replaceAll("\\s*\\R\\s*", "; ");
    }
}
