package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that can't be says why in one sentence, and leaves nothing behind. */
class StartTest {

    @Test
    void aPortThatIsTaken(@TempDir Path dir) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Map<String, String> settings = Map.of("listeners", "PLAINTEXT://127.0.0.1:" + taken.getLocalPort());
            assertThatThrownBy(() -> TestBroker.start(dir, settings))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Cannot listen on port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
        assertCanStart(dir);
    }

    @Test
    void aDirectoryThatAnotherBrokerUses(@TempDir Path dir) throws Exception {
        try (TestBroker first = TestBroker.start(dir)) {
            assertThat(first.server().ready()).isTrue();
            assertThatThrownBy(() -> TestBroker.start(dir))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(dir.toString());
        }
        assertCanStart(dir);
    }

    @Test
    void aDirectoryThatIsAFile(@TempDir Path dir) throws Exception {
        Path file = Files.createFile(dir.resolve("file"));
        assertThatThrownBy(() -> TestBroker.start(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aBadSetting(@TempDir Path dir) {
        assertThatThrownBy(() -> TestBroker.start(dir, Map.of("socket.request.max.bytes", "lots")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("socket.request.max.bytes");
    }

    @Test
    void dataOfAnotherBroker(@TempDir Path dir) throws Exception {
        assertCanStart(dir);
        assertThatThrownBy(() -> TestBroker.start(dir, Map.of("broker.id", "7")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to broker.id 1");
    }

    @Test
    void aZooKeeperThatLostTheClusterLeavesTheDataAlone(@TempDir Path dir) throws Exception {
        try (TestBroker broker = TestBroker.start(dir)) {
            broker.createTopic("posts", 1, Map.of());
        }
        Files.move(dir.resolve("zookeeper"), dir.resolve("lost"));
        assertThatThrownBy(() -> TestBroker.start(dir))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to cluster.id");
    }

    private static void assertCanStart(Path dir) throws Exception {
        try (TestBroker broker = TestBroker.start(dir)) {
            assertThat(broker.server().ready()).isTrue();
        }
    }
}
