package freshet.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import freshet.itest.fixture.Browser;
import freshet.itest.fixture.Freshet;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a person meets it while the bundled recording plays. Screenshots go to {@code target/screenshots}. */
class PageInABrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @TempDir
    static Path dir;

    private static Freshet up;
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        up = Freshet.up(dir, "--speed", "300x");
    }

    @AfterAll
    static void stop() {
        if (up != null) {
            up.close();
            browser.close();
        }
    }

    @AfterEach
    void noScriptHasFailed() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void breakoutAppearsMovesAndCanBeOpened() {
        Page page = browser.page(1280, 900);
        page.navigate(up.page());
        Locator rows = page.locator("#rows .row");
        assertThat(rows.first()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));

        String clock = page.locator("#clock").textContent();
        assertThat(page.locator("#clock")).not().hasText(clock);
        screenshot(page, "ranking");

        page.locator("#rows .row a.tag").first().click();
        assertThat(page.locator("#trend")).isVisible();
        assertThat(page.locator("#trend")).containsText("authors");
        assertThat(page).hasURL(Pattern.compile(".*/trend/.*"));
        screenshot(page, "trend");

        page.keyboard().press("Escape");
        assertThat(page.locator("#trend")).isHidden();
        page.close();
    }

    @Test
    void fitsAPhone() {
        Page page = browser.page(360, 740);
        page.navigate(up.page());
        assertThat(page.locator("#rows .row").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));

        int overflow =
                (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        assertThat(overflow).as("pixels that stick out").isLessThanOrEqualTo(0);
        screenshot(page, "phone");
        page.close();
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
