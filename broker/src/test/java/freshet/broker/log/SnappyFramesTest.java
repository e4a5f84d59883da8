package freshet.broker.log;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.InvalidRecordException;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyOutputStream;

class SnappyFramesTest {

    private static final int MAX = 1 << 20;

    @Test
    void whatTheLibraryWritesPasses() throws IOException {
        assertThatCode(() -> SnappyFrames.check(ByteBuffer.wrap(framed(300_000)), MAX))
                .doesNotThrowAnyException();
        assertThatCode(() -> SnappyFrames.check(ByteBuffer.wrap(Snappy.compress(new byte[1000])), MAX))
                .doesNotThrowAnyException();
    }

    @Test
    void frameLongerThanWhatFollowsIsRefused() throws IOException {
        ByteBuffer frames = ByteBuffer.wrap(framed(1000));
        frames.putInt(16, 400 << 20);

        assertThatThrownBy(() -> SnappyFrames.check(frames, MAX)).isInstanceOf(InvalidRecordException.class);
    }

    @Test
    void blockThatWouldGrowBeyondTheLimitIsRefused() throws IOException {
        byte[] absurd = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x02, 0, 0, 0};
        ByteBuffer frames = ByteBuffer.allocate(16 + 4 + absurd.length);
        frames.put(framed(1), 0, 16).putInt(absurd.length).put(absurd).flip();

        assertThatThrownBy(() -> SnappyFrames.check(frames, MAX)).hasMessageContaining("uncompressed");
        assertThatThrownBy(() -> SnappyFrames.check(ByteBuffer.wrap(absurd), MAX))
                .hasMessageContaining("uncompressed");
    }

    private static byte[] framed(int bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SnappyOutputStream snappy = new SnappyOutputStream(out)) {
            snappy.write(new byte[bytes]);
        }
        return out.toByteArray();
    }
}
