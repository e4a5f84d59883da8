package freshet.app.cli;

import freshet.ingest.pipeline.Speed;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --speed}, for the commands that play recordings. */
final class SpeedOption {

    @Option(
            names = "--speed",
            paramLabel = "60x|max",
            converter = Converter.class,
            description = "How fast recordings play: a factor such as 60x, or max (default: 1x, their own pace).")
    private Speed speed;

    Speed orElse(Speed other) {
        return speed == null ? other : speed;
    }

    /** Hands the speed's own error on as one about the option. */
    static final class Converter implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String value) {
            try {
                return Speed.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
