package freshet.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import freshet.itest.fixture.Browser;
import freshet.itest.fixture.Freshet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posts that mean harm, from a file through every stage to the page: nothing of them does anything but show. */
class HostilePostsTest {

    private static final Instant BEGIN = Instant.parse("2025-03-01T10:00:00Z");
    private static final int CALM_SECONDS = 90 * 60;
    private static final int AUTHORS = 24;

    /** Each breaks out by posts of its own. */
    private static final List<String> TAGS = List.of(
            "<img src=x onerror=document.title='owned'>",
            "</script><script>document.title='owned'</script>",
            "\u202Egnp.exe\u2066spoof",
            "\u05E9\u05DC\u05D5\u05DD\u202Dnot what it seems\u202C",
            "zero\u200B\u200D\u2060width",
            "javascript:alert(1)",
            "../../etc/passwd?x=1#y",
            "=cmd|'/c calc'!A1",
            "{{constructor.constructor('alert(1)')()}}",
            "z" + "\u0301\u0489\u0337".repeat(40),
            "مرحبا",
            "🌊🏳️‍🌈");

    private static final List<String> TEXTS = List.of(
            "<script>document.title='owned'</script><iframe src=javascript:alert(1)></iframe>",
            "\u202Etxet desrever \u2067 and never closed",
            "a" + "\u0301\u0489".repeat(5_000),
            "half a pair \\ud83d and the other half \\ude00",
            "\\u0000\\u0007\\u001b[31m control \\uffff characters \\ufdd0",
            "<a href='javascript:alert(1)' onclick=document.title='owned'>click</a>",
            "W".repeat(20_000),
            "line\\nafter\\r\\nline\\u2028and\\u2029paragraph",
            "\"';--&lt;b&gt;\\\\");

    @TempDir
    static Path dir;

    private static Freshet up;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        Path recording = dir.resolve("hostile.ndjson");
        Files.write(recording, posts());
        up = Freshet.up(dir, "file:" + recording, "--speed", "max");
    }

    @AfterAll
    static void stop() {
        if (up != null) {
            up.close();
            browser.close();
        }
    }

    private static List<String> posts() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int second = 0; second < CALM_SECONDS; second += 3) {
            int author = second / 3 % 400;
            lines.add(post(second, "calm" + author, "usual" + author % 40, "a calm word " + second, null));
        }
        for (int author = 0; author < AUTHORS; author++) {
            for (int tag = 0; tag < TAGS.size(); tag++) {
                String text = TEXTS.get((author + tag) % TEXTS.size());
                lines.add(post(
                        CALM_SECONDS + author * 5,
                        "harm" + tag + "x" + author,
                        TAGS.get(tag),
                        "other" + author + "w words" + tag + "z " + author * 31 + " " + text,
                        author % 2 == 0 ? "javascript:alert(1)" : "data:text/html,<script>alert(1)</script>"));
            }
        }
        return lines;
    }

    private static String post(int second, String author, String tag, String text, String url) throws IOException {
        ObjectNode post = new ObjectMapper().createObjectNode();
        post.put("id", author + "-" + second);
        post.put("source", author.length() % 2 == 0 ? "twitter" : "<b>elsewhere</b>");
        post.put("created_at", BEGIN.plusSeconds(second).toString());
        post.put("lang", second % 2 == 0 ? "en" : "\u202E<i>xx</i>");
        post.putObject("author").put("id", author).put("name", author + "\u202E<b>" + "N".repeat(3_000) + "</b>");
        post.putArray("hashtags").add(tag);
        post.put("text", "TEXT");
        if (url != null) {
            post.put("url", url);
        }
        // Escapes stand in the text as they are, half a pair of surrogates too, which no JSON writer would write.
        String escaped = new ObjectMapper()
                .writeValueAsString(text)
                .replace("\\\\u", "\\u")
                .replace("\\\\n", "\\n");
        return post.toString().replace("\"TEXT\"", escaped);
    }

    @Test
    void doNothingButShow() {
        Page page = browser.page(1280, 900);
        page.navigate(up.page() + "/?stream=hostile");
        Locator tags = page.locator("#rows a.tag bdi");
        assertThat(tags).hasCount(TAGS.size(), new LocatorAssertions.HasCountOptions().setTimeout(120_000));
        assertThat(tags.allTextContents()).contains("<img src=x onerror=document.title='owned'>", "مرحبا");

        for (int i = 0; i < TAGS.size(); i++) {
            page.locator("#rows a.tag").nth(i).click();
            assertThat(page.locator("#trend .post").first()).isVisible();
            assertThat(page.locator("#trend .shares").first()).isVisible();
            assertThat(page.locator("#trend img, #trend iframe, #trend b b, script:not([src])"))
                    .hasCount(0);
            assertThat(page.locator("a[href^='javascript:'], a[href^='data:']")).hasCount(0);
            assertThat(sticksOut(page)).isLessThanOrEqualTo(0);
            page.keyboard().press("Escape");
        }
        assertThat((int) page.evaluate("Math.max(...[...document.querySelectorAll('.row')].map(r => r.offsetHeight))"))
                .as("height of the tallest row, pixels")
                .isLessThan(100);
        page.setViewportSize(360, 740);
        assertThat(sticksOut(page)).isLessThanOrEqualTo(0);
        assertThat(page.title()).doesNotStartWith("owned");
        assertThat(browser.errors()).isEmpty();
        page.close();
    }

    private static int sticksOut(Page page) {
        return (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
    }
}
