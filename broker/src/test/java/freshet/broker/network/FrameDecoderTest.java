package freshet.broker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    private static final int MAX = 1000;

    private final MemoryBudget partial = new MemoryBudget(200_000);
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(MAX, partial));

    private static byte[] frame(int length) {
        ByteBuf bytes = Unpooled.buffer().writeInt(length);
        for (int i = 0; i < length; i++) {
            bytes.writeByte(i);
        }
        return ByteBufUtil.getBytes(bytes);
    }

    @Test
    void singleBytesBecomeTheFrameTheyBelongTo() {
        for (byte next : frame(20)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {next}));
        }

        ByteBuf frame = channel.readInbound();
        assertThat(frame.readableBytes()).isEqualTo(20);
        assertThat(frame.getByte(19)).isEqualTo((byte) 19);
        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(partial.used()).isZero();
        frame.release();
    }

    @Property(tries = 200)
    void anySplitOfTheBytesGivesTheSameFrames(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 8, max = 300) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 700) int pieceSize) {
        EmbeddedChannel split = new EmbeddedChannel(new FrameDecoder(MAX, new MemoryBudget(1 << 20)));
        ByteBuf all = Unpooled.buffer();
        lengths.forEach(length -> all.writeBytes(frame(length)));
        while (all.isReadable()) {
            split.writeInbound(all.readBytes(Math.min(pieceSize, all.readableBytes())));
        }

        List<Integer> seen = new ArrayList<>();
        for (ByteBuf frame = split.readInbound(); frame != null; frame = split.readInbound()) {
            seen.add(frame.readableBytes());
            frame.release();
        }
        assertThat(seen).isEqualTo(lengths);
        split.close();
    }

    @Test
    void aLengthPastTheLimitIsRefusedBeforeAnythingIsKept() {
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.buffer().writeInt(MAX + 1)))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("1001 bytes")
                .hasMessageContaining("socket.request.max.bytes");
        assertThat(partial.used()).isZero();
    }

    @Test
    void aNegativeOrTooSmallLengthIsRefused() {
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.buffer().writeInt(-5)))
                .isInstanceOf(BadFrameException.class);
        EmbeddedChannel other = new EmbeddedChannel(new FrameDecoder(MAX, partial));
        assertThatThrownBy(() -> other.writeInbound(Unpooled.buffer().writeInt(3)))
                .isInstanceOf(BadFrameException.class);
    }

    @Test
    void httpIsCalledByItsName() {
        assertThatThrownBy(() ->
                        channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n", StandardCharsets.US_ASCII)))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("looks like HTTP");
    }

    @Test
    void whatFollowsABadLengthIsIgnored() {
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.buffer().writeInt(-1)))
                .isInstanceOf(BadFrameException.class);
        channel.writeInbound(Unpooled.wrappedBuffer(frame(20)));
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void halfReceivedFramesOfAllConnectionsShareOneBudget() {
        MemoryBudget shared = new MemoryBudget(150_000);
        EmbeddedChannel first = new EmbeddedChannel(new FrameDecoder(1 << 20, shared));
        EmbeddedChannel second = new EmbeddedChannel(new FrameDecoder(1 << 20, shared));
        first.writeInbound(Unpooled.buffer().writeInt(500_000).writeZero(100_000));

        assertThatThrownBy(() ->
                        second.writeInbound(Unpooled.buffer().writeInt(500_000).writeZero(100_000)))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("half-received");
        assertThat(shared.used()).isEqualTo(100_004);

        first.close();
        assertThat(shared.used()).isZero();
    }
}
