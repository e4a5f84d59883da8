package freshet.dashboard.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A server-sent event, encoded once for all its readers.
 *
 * @param sequence its place among the events of its board, from 0
 * @param offset in {@code trends}: its id
 */
record LiveEvent(long sequence, long offset, ByteBuf frame) {

    static LiveEvent ranking(long sequence, long offset, byte[] json) {
        return new LiveEvent(sequence, offset, frame("ranking", String.valueOf(offset), json));
    }

    /** Bytes on the wire; every line of the data stands behind its own {@code data:}. */
    static ByteBuf frame(String event, String id, byte[] data) {
        StringBuilder head = new StringBuilder();
        if (id != null) {
            head.append("id: ").append(id).append('\n');
        }
        head.append("event: ").append(event).append("\ndata: ");
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = Unpooled.buffer(start.length + data.length + 2);
        frame.writeBytes(start);
        for (byte next : data) {
            if (next == '\n') {
                frame.writeBytes("\ndata: ".getBytes(StandardCharsets.US_ASCII));
            } else if (next != '\r') {
                frame.writeByte(next);
            }
        }
        frame.writeByte('\n').writeByte('\n');
        return Unpooled.unreleasableBuffer(frame); // shared by readers, on the heap: the collector frees it
    }
}
