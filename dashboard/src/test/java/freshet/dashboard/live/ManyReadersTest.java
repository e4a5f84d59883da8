package freshet.dashboard.live;

import static freshet.dashboard.Samples.T0;
import static freshet.dashboard.Samples.ranking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import freshet.dashboard.RunningDashboard;
import freshet.dashboard.Samples;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand live readers on one node, and what each of them costs. */
@Tag("slow")
class ManyReadersTest {

    private static final int READERS = 2_000;
    private static final int ROUNDS = 20;

    @TempDir
    Path folder;

    @Test
    void twoThousandReadersHearOfARankingAtOnce() throws Exception {
        String[] tags = IntStream.range(0, 30).mapToObj(i -> "tag" + i).toArray(String[]::new);
        try (RunningDashboard dashboard = new RunningDashboard(folder);
                Crowd crowd = new Crowd(dashboard.port())) {
            await().until(dashboard::ready);
            long before = used();
            crowd.connect(READERS);
            crowd.awaitAll("\"source\"", Duration.ofSeconds(60));
            double[] millis = new double[ROUNDS];
            long cpuBefore = serverCpuNanos();
            for (int round = 0; round < ROUNDS; round++) {
                String last = T0.plusSeconds(10L * round).toString();
                long begin = System.nanoTime();
                dashboard.cluster.append("trends", 0, ranking(T0.plusSeconds(10L * round), true, tags));
                crowd.awaitAll(last, Duration.ofSeconds(30));
                millis[round] = (System.nanoTime() - begin) / 1e6;
            }
            double microsPerEvent = (serverCpuNanos() - cpuBefore) / 1e3 / READERS / ROUNDS;
            Arrays.sort(millis);
            long perReader = (used() - before) / READERS;
            System.out.printf(
                    "%d readers have a ranking of %,d bytes %.0f ms after it was published (median; worst %.0f);"
                            + " %.1f µs of the server's processor time a reader and ranking; %,d bytes a reader, both ends%n",
                    READERS,
                    Samples.ranking(T0, true, tags).length,
                    millis[ROUNDS / 2],
                    millis[ROUNDS - 1],
                    microsPerEvent,
                    perReader);
            assertThat(perReader).isLessThan(100_000);
            assertThat(microsPerEvent).isLessThan(200); // the wall clock depends on who else works here
        }
    }

    private static long serverCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null
                        && (thread.getThreadName().startsWith("dashboard-http")
                                || thread.getThreadName().equals("trends-reader")))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static long used() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
    }

    /** Readers on one thread; each remembers the end of what it read. */
    private static final class Crowd implements AutoCloseable {

        private static final int TAIL = 256;

        private final int port;
        private final Selector selector = Selector.open();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        private int searching;

        private static final class Reader {
            String tail = "";
            int foundIn = -1;
        }

        Crowd(int port) throws IOException {
            this.port = port;
        }

        void connect(int n) throws IOException {
            for (int i = 0; i < n; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.write(ByteBuffer.wrap(
                        "GET /api/live?window=10m HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Reader());
            }
        }

        /** Reads until every reader has seen {@code text} since the call before. */
        void awaitAll(String text, Duration patience) throws IOException {
            searching++;
            int left = selector.keys().size();
            long deadline = System.nanoTime() + patience.toNanos();
            while (left > 0) {
                assertThat(System.nanoTime())
                        .as("%d readers wait for %s", left, text)
                        .isLessThan(deadline);
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    left -= read(key, text) ? 1 : 0;
                }
                selector.selectedKeys().clear();
            }
        }

        private boolean read(SelectionKey key, String text) throws IOException {
            Reader reader = (Reader) key.attachment();
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                throw new IOException("the server closed a reader");
            }
            buffer.flip();
            String read = reader.tail + StandardCharsets.ISO_8859_1.decode(buffer);
            reader.tail = read.substring(Math.max(0, read.length() - TAIL));
            boolean found = reader.foundIn != searching && read.contains(text);
            if (found) {
                reader.foundIn = searching;
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
