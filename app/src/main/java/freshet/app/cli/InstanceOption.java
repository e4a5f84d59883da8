package freshet.app.cli;

import freshet.app.embedded.InstanceName;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** {@code --group-instance-id}, for the commands that share work with others of their kind. */
final class InstanceOption {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceOption.class);

    @Option(
            names = "--group-instance-id",
            paramLabel = "ID",
            description = "This process's name in its consumer groups (KIP-345), under which it goes on at once after a"
                    + " crash; no two may have the same (default: the first free one of this machine).")
    private String given;

    /** A name that is held until it is closed. */
    interface Held extends AutoCloseable {

        /** The name, or null where none can be had. */
        String name();

        @Override
        void close() throws IOException;
    }

    Held take() {
        if (given != null) {
            return only(given);
        }
        Path dir = Path.of(System.getProperty("java.io.tmpdir"), "freshet-" + System.getProperty("user.name"));
        try {
            InstanceName name = InstanceName.take(dir, host(), () -> Integer.toHexString(new SecureRandom().nextInt()));
            return held(name.get(), name::close);
        } catch (IOException e) {
            LOG.warn(
                    "no name can be kept in {} ({}): after a crash it takes some seconds more to go on, unless one is given"
                            + " with --group-instance-id",
                    dir,
                    e.toString());
            return held(null, () -> {});
        }
    }

    /** A name of which there can be no other. */
    static Held only(String name) {
        return held(name, () -> {});
    }

    private static String host() throws IOException {
        return InetAddress.getLocalHost().getHostName();
    }

    private interface Release {
        void run() throws IOException;
    }

    private static Held held(String name, Release release) {
        return new Held() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void close() throws IOException {
                release.run();
            }
        };
    }
}
