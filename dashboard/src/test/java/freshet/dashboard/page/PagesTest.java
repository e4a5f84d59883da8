package freshet.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.dashboard.RunningDashboard;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

    private static final Path SOURCES = Path.of("src/main/resources/freshet/dashboard/page");

    @TempDir
    Path folder;

    private RunningDashboard dashboard;

    @BeforeEach
    void start() throws IOException {
        dashboard = new RunningDashboard(folder);
    }

    @AfterEach
    void stop() {
        dashboard.close();
    }

    @Test
    void everyFileIsListed() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.equals("files.txt"))
                    .sorted()
                    .toList();
            assertThat(resource("files.txt").lines()).containsExactlyElementsOf(names);
        }
    }

    @Test
    void everyFileThatAnotherNamesIsServed() throws IOException {
        Pattern reference = Pattern.compile("(?:href|src)=\"(/page/[^\"]+)\"|from \"\\./([^\"]+)\"");
        for (String name : resource("files.txt").lines().toList()) {
            Matcher matcher = reference.matcher(resource(name));
            while (matcher.find()) {
                String path = matcher.group(1) != null ? matcher.group(1) : "/page/js/" + matcher.group(2);
                assertThat(dashboard.get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
        assertThat(dashboard.get("/page/lib/uplot.js").statusCode()).isEqualTo(200);
        assertThat(dashboard.get("/page/lib/uplot.css").statusCode()).isEqualTo(200);
    }

    @Test
    void noFileHasAnInlineScriptOrStyleOrAnotherHost() throws IOException {
        for (String name : resource("files.txt").lines().toList()) {
            assertThat(resource(name))
                    .as(name)
                    .doesNotContainPattern("<script>|<style|\\son[a-z]+=\"|\\sstyle=\"")
                    .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(")
                    .doesNotContainPattern("https?://(?!www\\.w3\\.org/)");
        }
    }

    @Test
    void whatComesBeforeTheFirstTrendIsSmall() throws IOException {
        int bytes = 0;
        for (String name : resource("files.txt").lines().toList()) {
            bytes += resource(name).getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat(bytes).isLessThan(120_000); // the chart's library comes with the first chart
    }

    @Test
    void addressesOfThePageLeadToIt() {
        for (String path : List.of("/", "/?stream=x", "/trend/a", "/trend/%D8%A7%D9%84?window=1h")) {
            assertThat(dashboard.get(path).body()).as(path).contains("<title>Freshet</title>");
        }
        assertThat(dashboard.get("/page/js/none.js").statusCode()).isEqualTo(404);
        assertThat(dashboard.get("/page/..%2f..%2fApi.class").statusCode()).isEqualTo(404);
    }

    @Test
    void anUnchangedFileIsNotSentAgain() {
        HttpResponse<String> first = dashboard.get("/page/js/app.js");
        String tag = first.headers().firstValue("etag").orElseThrow();

        assertThat(dashboard.get("/page/js/app.js", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(dashboard
                        .get("/page/js/app.js", "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
