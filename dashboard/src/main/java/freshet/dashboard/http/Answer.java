package freshet.dashboard.http;

import io.netty.channel.Channel;

/** What a handler gives back. */
public sealed interface Answer permits Response, Answer.Takeover {

    /** Takes the connection over, for good: from then on it belongs to who took it. Called on its event loop. */
    non-sealed interface Takeover extends Answer {
        void begin(Channel channel);
    }
}
