package freshet.app.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --partitions}, for the commands that may create a stream's topics. */
final class PartitionsOption {

    private Integer partitions;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of posts when the stream is new (default: 6); fixed from then on.")
    void partitions(int count) {
        if (count < 1 || count > 1000) {
            throw new ParameterException(spec.commandLine(), "--partitions is from 1 to 1000, not " + count);
        }
        partitions = count;
    }

    /** What was asked for, or null. */
    Integer asked() {
        return partitions;
    }
}
