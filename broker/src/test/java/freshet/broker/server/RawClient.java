package freshet.broker.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** A client that sends exactly what a test wants, in the version it wants, or bytes that are no request at all. */
final class RawClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private int correlationId;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
    }

    /** Sends a request and reads its answer, all of it. */
    ApiMessage ask(ApiKeys key, short version, ApiMessage request) throws IOException {
        RequestHeader header = send(key, version, request);
        return receive(header);
    }

    RequestHeader send(ApiKeys key, short version, ApiMessage request) throws IOException {
        RequestHeader header = new RequestHeader(key, version, "raw", correlationId++);
        byte[] frame = frame(header, version, request);
        out.writeInt(frame.length);
        out.write(frame);
        out.flush();
        return header;
    }

    static byte[] frame(RequestHeader header, short version, ApiMessage request) {
        ByteBuffer head = buffer(header.data(), header.headerVersion());
        ByteBuffer body = buffer(request, version);
        byte[] frame = new byte[head.remaining() + body.remaining()];
        int headSize = head.remaining();
        head.get(frame, 0, headSize);
        body.get(frame, headSize, body.remaining());
        return frame;
    }

    private static ByteBuffer buffer(ApiMessage message, short version) {
        ByteBufferAccessor bytes = MessageUtil.toByteBufferAccessor(message, version);
        return bytes.buffer();
    }

    ApiMessage receive(RequestHeader header) throws IOException {
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        ByteBuffer bytes = ByteBuffer.wrap(answer);
        AbstractResponse response = AbstractResponse.parseResponse(bytes, header);
        if (bytes.hasRemaining()) {
            throw new IOException(bytes.remaining() + " bytes too many in the answer to " + header);
        }
        return response.data();
    }

    void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Whether the broker has closed the connection without another byte. */
    boolean isClosedByBroker() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
