package freshet.ingest.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class OutletTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Outlet outlet = new Outlet(channel, 1000);

    @Test
    void isFullWhenMoreWaitsThanItsBound() {
        channel.write(Unpooled.wrappedBuffer(new byte[900]));
        assertThat(outlet.isFull()).isFalse();
        channel.write(Unpooled.wrappedBuffer(new byte[200]));
        assertThat(outlet.isFull()).isTrue();
        channel.flush();
        assertThat(outlet.isFull()).isFalse();
    }

    @Test
    void clientThatHasLeftDidNotFallBehind() {
        channel.close();
        assertThat(outlet.isFull()).isFalse();
    }
}
