package freshet.dashboard.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;

/** Closes connections beyond a number, and keeps the list of those that are open. */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    private final int max;
    private final ChannelGroup open;

    ConnectionLimit(int max, ChannelGroup open) {
        this.max = max;
        this.open = open;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (open.size() >= max) {
            context.close();
            return;
        }
        open.add(context.channel());
        context.fireChannelActive();
    }
}
