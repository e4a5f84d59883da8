package freshet.dashboard.page;

import freshet.dashboard.http.Answer;
import freshet.dashboard.http.HttpProblem;
import freshet.dashboard.http.Request;
import freshet.dashboard.http.Response;
import freshet.dashboard.http.Route;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Serves the page's files from memory. */
public final class Pages {

    private static final String INDEX = "index.html";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Response> files = new HashMap<>();

    /** @throws IOException when a file is missing from the class path */
    public Pages() throws IOException {
        for (String name :
                text("files.txt").lines().filter(line -> !line.isBlank()).toList()) {
            files.put(name, file(name, bytes(Pages.class, name)));
        }
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        files.put("lib/uplot.js", file("lib/uplot.js", bytes(Pages.class, uplot + "uPlot.iife.min.js")));
        files.put("lib/uplot.css", file("lib/uplot.css", bytes(Pages.class, uplot + "uPlot.min.css")));
    }

    public List<Route> routes() {
        return List.of(
                new Route("/", null, false, request -> serve(INDEX, request)),
                new Route("/trend/{tag}", null, false, request -> serve(INDEX, request)),
                new Route("/favicon.ico", null, false, request -> serve("icon.svg", request)),
                new Route(
                        "/page/*",
                        null,
                        false,
                        request -> serve(request.path().substring("/page/".length()), request)));
    }

    private Answer serve(String name, Request request) throws HttpProblem {
        Response file = files.get(name);
        if (file == null) {
            throw HttpProblem.notFound("the page has no file " + Request.shown(name));
        }
        String known = request.headers().get("If-None-Match");
        if (known != null && known.contains(file.headers().get("ETag"))) {
            return new Response(HttpResponseStatus.NOT_MODIFIED, file.contentType(), new byte[0], null, file.headers());
        }
        return file;
    }

    private static Response file(String name, byte[] body) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        // no-cache: kept, but asked for anew each time, so that a page never mixes two releases' files.
        Map<String, String> headers =
                Map.of("Cache-Control", "no-cache", "ETag", "\"" + hash(body) + "\"", "Vary", "Accept-Encoding");
        return new Response(HttpResponseStatus.OK, type, body, Response.gzip(body), headers);
    }

    private static String hash(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String uplotVersion() throws IOException {
        Properties properties = new Properties();
        properties.load(new java.io.ByteArrayInputStream(
                bytes(Pages.class, "/META-INF/maven/org.webjars.npm/uplot/pom.properties")));
        return properties.getProperty("version");
    }

    private static String text(String name) throws IOException {
        return new String(bytes(Pages.class, name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Class<?> from, String name) throws IOException {
        try (InputStream in = from.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the page's file " + name + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
