package freshet.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader of server-sent events over a plain socket, so that a test decides when it reads. */
public final class SseClient implements AutoCloseable {

    /** One event. */
    public record Event(String id, String name, String data) {}

    private final Socket socket;
    private final BufferedReader reader;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> head = new CopyOnWriteArrayList<>();

    SseClient(int port, String path, String... headers) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts to read, in the background. */
    public SseClient read() {
        Thread thread = new Thread(this::run, "sse-client");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void run() {
        try {
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                head.add(line);
            }
            String id = null;
            String name = null;
            StringBuilder data = new StringBuilder();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty()) {
                    if (name != null) {
                        events.add(new Event(id, name, data.toString()));
                    }
                    id = null;
                    name = null;
                    data.setLength(0);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(data.length() > 0 ? "\n" : "").append(line.substring(6));
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    public List<String> head() {
        return head;
    }

    /** The rankings so far. */
    public List<Event> rankings() {
        return events.stream().filter(event -> event.name().equals("ranking")).toList();
    }

    /** The statuses so far. */
    public List<Event> statuses() {
        return events.stream().filter(event -> event.name().equals("status")).toList();
    }

    /** Ids of the rankings so far. */
    public List<Long> ids() {
        return rankings().stream().map(event -> Long.valueOf(event.id())).toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
