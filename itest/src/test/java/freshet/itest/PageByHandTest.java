package freshet.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import freshet.itest.fixture.Axe;
import freshet.itest.fixture.Browser;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.StagedTrends;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page by pointer, touch and keyboard, over rankings that the test says. */
class PageByHandTest {

    private static final int WIDE = 1280;

    @TempDir
    static Path dir;

    private static Freshet broker;
    private static Freshet dashboard;
    private static StagedTrends trends;
    private static Browser browser;

    private Page page;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        broker = Freshet.broker(dir, 0);
        trends = new StagedTrends(broker.bootstrapServers());
        dashboard = Freshet.dashboard(dir, broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        if (trends != null) {
            trends.close();
        }
        for (AutoCloseable each : new AutoCloseable[] {dashboard, broker, browser}) {
            if (each != null) {
                org.assertj.core.api.Assertions.assertThatCode(each::close).doesNotThrowAnyException();
            }
        }
    }

    @BeforeEach
    void threeTrends() throws Exception {
        browser.errors().clear();
        trends.publish("Alpha", "Beta", "Gamma");
        page = browser.page(WIDE, 800);
        visit("");
        assertThat(tags()).hasText(new String[] {"Alpha", "Beta", "Gamma"});
    }

    @AfterEach
    void nothingWentWrong() {
        page.close();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void rowsTakeTheirPlacesAndSayWhatIsNew() throws Exception {
        trends.publish("Gamma", "Alpha", "Beta", "Delta");
        assertThat(tags()).hasText(new String[] {"Gamma", "Alpha", "Beta", "Delta"});
        trends.publish("Delta", "Gamma");
        assertThat(tags()).hasText(new String[] {"Delta", "Gamma"});
    }

    @Test
    void holdsStillUnderThePointerAndGoesOnWhenItLeaves() throws Exception {
        page.mouse().move(300, rowMiddle(0));
        page.mouse().move(302, rowMiddle(0));
        assertThat(page.locator("#paused")).isVisible();

        Instant at = trends.publish("Gamma", "Beta");
        awaitClock(at);
        assertThat(tags()).hasText(new String[] {"Alpha", "Beta", "Gamma"});
        assertThat(page.locator("#rows .row").first()).containsText("ended");

        page.mouse().move(300, 700);
        assertThat(tags()).hasText(new String[] {"Gamma", "Beta"});
    }

    @Test
    void holdsStillUnderTheFocus() throws Exception {
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(tagLink("Beta")).isFocused();

        Instant at = trends.publish("Gamma", "Beta", "Alpha");
        awaitClock(at);
        assertThat(tags()).hasText(new String[] {"Alpha", "Beta", "Gamma"});

        page.keyboard().press("/");
        assertThat(tags()).hasText(new String[] {"Gamma", "Beta", "Alpha"});
    }

    @Test
    void neverSaysThatNothingTrendsBesideATrend() throws Exception {
        page.mouse().move(300, rowMiddle(0));
        page.mouse().move(302, rowMiddle(0));
        awaitClock(trends.publish());
        assertThat(tags()).hasCount(3);
        assertThat(page.locator("#empty")).isHidden();

        page.mouse().move(300, 700);
        assertThat(page.locator("#empty")).containsText("All calm");
        assertThat(tags()).hasCount(0);

        trends.publish("Alpha");
        assertThat(tags()).hasText(new String[] {"Alpha"});
        assertThat(page.locator("#empty")).isHidden();
    }

    @Test
    void opensByKeyboardAndComesBack() {
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/trend/alpha.*"));
        assertThat(page.locator("#trend h2")).containsText("Alpha");

        page.keyboard().press("Escape");
        assertThat(page.locator("#trend")).isHidden();
        assertThat(tagLink("Alpha")).isFocused();
    }

    @Test
    void findsATagByItsBeginning() {
        page.keyboard().press("/");
        page.keyboard().type("gam");
        assertThat(page.locator("#find-list li")).hasCount(1);
        assertThat(page.locator("#find-list li")).containsText("Gamma");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/trend/gamma.*"));
    }

    @Test
    void showsItsKeys() {
        page.keyboard().press("?");
        assertThat(page.locator("dialog#keys")).isVisible();
        assertThat(Axe.violations(page)).isEmpty();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog#keys")).isHidden();
    }

    @Test
    void opensByTouch() {
        Page phone = browser.page(
                new NewPageOptions().setViewportSize(360, 740).setHasTouch(true).setIsMobile(true));
        phone.navigate(dashboard.page() + "/?stream=" + StagedTrends.STREAM);
        phone.locator("#rows a.tag").first().tap();
        assertThat(phone.locator("#trend")).isVisible();
        assertThat(phone.locator("#ranking")).isHidden();
        phone.close();
    }

    @Test
    void addressLastsAndBackGoesBack() {
        tagLink("Beta").click();
        page.locator("#windows button[data-window='1h']").click();
        assertThat(page).hasURL(Pattern.compile(".*/trend/beta\\?stream=staged&window=1h$"));
        page.reload();
        assertThat(page.locator("#trend h2")).containsText("Beta");
        assertThat(page.locator("#windows button[aria-pressed=true]")).hasText("1h");

        page.goBack();
        assertThat(page.locator("#windows button[aria-pressed=true]")).hasText("10m");
        assertThat(page.locator("#trend h2")).containsText("Beta");
        page.goBack();
        assertThat(page.locator("#trend")).isHidden();
        page.goForward();
        assertThat(page.locator("#trend h2")).containsText("Beta");
    }

    @Test
    void showsThePast() throws Exception {
        Instant then = trends.publish("OnlyThen", "Alpha");
        for (int i = 0; i < 7; i++) {
            trends.publish("Alpha");
        }
        awaitClock(trends.publish("Alpha"));
        visit("&at=" + then);

        assertThat(tags()).hasText(new String[] {"OnlyThen", "Alpha"});
        assertThat(page.locator("#mode")).hasText("then");
        page.keyboard().press("n");
        assertThat(tags()).hasText(new String[] {"Alpha"});
    }

    @Test
    void saysThatNothingIsRememberedOfATimeBeforeAll() {
        page.navigate(dashboard.page() + "/?stream=" + StagedTrends.STREAM + "&at=2001-01-01T00:00:00Z");
        assertThat(page.locator("#empty")).containsText("Nothing is remembered of that time");
    }

    @ParameterizedTest(name = "{0}, {1} pixels wide")
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 360", "DARK, 360"})
    void breaksNoRuleOfAccessibility(ColorScheme scheme, int width) {
        Page other =
                browser.page(new NewPageOptions().setViewportSize(width, 800).setColorScheme(scheme));
        other.navigate(dashboard.page() + "/?stream=" + StagedTrends.STREAM);
        assertThat(other.locator("#rows .row")).hasCount(3);
        assertThat(settled(other)).as("ranking").isEmpty();

        other.locator("#find-input").fill("nothing begins so");
        assertThat(other.locator("#find-list li.none")).isVisible();
        assertThat(settled(other)).as("search").isEmpty();

        other.locator("#find-input").press("Escape");
        other.locator("#rows a.tag").first().click();
        assertThat(other.locator("#trend .chart")).isVisible();
        assertThat(settled(other)).as("trend").isEmpty();
        other.close();
    }

    @Test
    void doesNothingWithHostileTagsButShowThem() throws Exception {
        String piled = "z" + "\u0301\u0489\u0337".repeat(46); // as long as a counted tag may be
        String piledTooHigh = piled.repeat(72);
        List<String> hostile = List.of(
                "<img src=x onerror=document.title='owned'>",
                "</script><script>document.title='owned'</script>",
                "\u202Egnp.exe\u2066\u2067spoof",
                "zero\u200B\u200D\uFEFFwidth",
                "javascript:alert(1)",
                "../../etc/passwd?x=1#y",
                "مرحبا",
                piled,
                piledTooHigh);
        trends.publish(hostile.toArray(String[]::new));
        assertThat(tags()).hasCount(hostile.size());
        assertThat(tags().first()).hasText(hostile.get(0));

        for (int i = 0; i < hostile.size() - 1; i++) {
            page.locator("#rows a.tag").nth(i).click();
            assertThat(page.locator("#trend h2")).isVisible();
            assertThat(page.locator("#trend .tiles")).containsText("41");
            assertThat(page.locator("img, iframe, script:not([src])")).hasCount(0);
            page.keyboard().press("Escape");
        }
        assertThat(page.title()).doesNotStartWith("owned");
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("pixels that stick out")
                .isLessThanOrEqualTo(0);
        assertThat((int) page.evaluate("Math.max(...[...document.querySelectorAll('.row')].map(r => r.offsetHeight))"))
                .as("height of the tallest row, pixels")
                .isLessThan(100);
    }

    @Test
    void saysWhenTheBrokerIsGoneAndRecoversByItself() throws Exception {
        assertThat(page.locator("#link-text")).hasText("connected");
        int port = broker.brokerPort();
        broker.process().kill();
        try {
            assertThat(page.locator("#link-text")).hasText("waiting for the broker");
            assertThat(tags()).hasText(new String[] {"Alpha", "Beta", "Gamma"});
        } finally {
            broker = Freshet.broker(dir, port);
        }
        assertThat(page.locator("#link-text")).hasText("connected");
        trends.publish("Back", "Again");
        assertThat(tags()).hasText(new String[] {"Back", "Again"});
    }

    /** What axe finds once nothing moves: half-faded text has half its contrast. */
    private static List<String> settled(Page page) {
        page.waitForFunction("() => document.getAnimations().every(a => a.playState !== 'running')");
        return Axe.violations(page);
    }

    private void visit(String more) {
        page.navigate(dashboard.page() + "/?stream=" + StagedTrends.STREAM + more);
        assertThat(tags().first()).isVisible();
    }

    private Locator tags() {
        return page.locator("#rows a.tag bdi");
    }

    private Locator tagLink(String tag) {
        return page.locator("#rows a.tag", new Page.LocatorOptions().setHasText(tag));
    }

    private double rowMiddle(int row) {
        var box = page.locator("#rows .row").nth(row).boundingBox();
        return box.y + box.height / 2;
    }

    private void awaitClock(Instant at) {
        page.waitForFunction(
                "at => Date.parse(document.querySelector('#clock').dateTime) >= at", (double) at.toEpochMilli());
    }
}
