package freshet.broker.metadata.zookeeper;

import freshet.broker.config.Settings;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How to reach ZooKeeper.
 *
 * @param connect {@code zookeeper.connect}: {@code host:port,host:port/chroot}; empty for a ZooKeeper inside the process
 * @param sessionTimeout {@code zookeeper.session.timeout.ms}: a broker that is not heard from for so long is taken for
 *     dead
 * @param connectionTimeout {@code zookeeper.connection.timeout.ms}: how long a start waits for ZooKeeper
 */
public record ZooKeeperConfig(String connect, Duration sessionTimeout, Duration connectionTimeout) {

    private static final ConfigDef KEYS = new ConfigDef()
            .define("zookeeper.connect", Type.STRING, "", Importance.HIGH, "")
            .define("zookeeper.session.timeout.ms", Type.INT, 18_000, Range.atLeast(100), Importance.HIGH, "")
            .define("zookeeper.connection.timeout.ms", Type.INT, 10_000, Range.atLeast(100), Importance.HIGH, "");

    public static ZooKeeperConfig from(Settings settings) {
        Settings.Values values = settings.read(KEYS);
        return new ZooKeeperConfig(
                values.text("zookeeper.connect").trim(),
                Duration.ofMillis(values.integer("zookeeper.session.timeout.ms")),
                Duration.ofMillis(values.integer("zookeeper.connection.timeout.ms")));
    }

    public boolean isEmbedded() {
        return connect.isEmpty();
    }

    public ZooKeeperConfig withConnect(String newConnect) {
        return new ZooKeeperConfig(newConnect, sessionTimeout, connectionTimeout);
    }

    /** The servers, without the chroot. */
    String servers() {
        int slash = connect.indexOf('/');
        return slash < 0 ? connect : connect.substring(0, slash);
    }

    /** Where all our nodes stand, without the leading slash. */
    String namespace() {
        int slash = connect.indexOf('/');
        String chroot = slash < 0 ? "" : connect.substring(slash + 1);
        return chroot.isEmpty() ? "freshet" : chroot;
    }
}
