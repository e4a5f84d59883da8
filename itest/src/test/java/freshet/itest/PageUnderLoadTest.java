package freshet.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import freshet.itest.fixture.Browser;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.Pace;
import freshet.itest.fixture.StagedTrends;
import freshet.trends.contract.Ranking.Trend;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the page costs and how quick it is: real broker, real dashboard, real Chromium. What depends on the machine is
 * printed, what does not is held to. {@code -Dsoak.minutes=15} keeps the page open longer.
 */
@Tag("slow")
class PageUnderLoadTest {

    private static final int BYTES_BEFORE_A_TREND = 200_000;
    private static final int ROWS = 20;
    private static final int FLOODED_ROWS = 8;

    /** Notes when a record reaches the page, by the number of its first trend's authors. */
    private static final String NOTE_ARRIVALS = """
            window.heard = {};
            const listen = EventSource.prototype.addEventListener;
            EventSource.prototype.addEventListener = function (type, listener) {
              listen.call(this, type, type !== 'ranking' ? listener : event => {
                window.heard[/"authors":(\\d+)/.exec(event.data)?.[1]] ??= performance.timeOrigin + performance.now();
                listener(event);
              });
            };""";

    /**
     * Notes when what a record says is on the screen: the begin of the frame after the one in which the page has changed,
     * so rather late than early.
     */
    private static final String NOTE_PAINTS = """
            () => {
              window.painted = {};
              const seen = new Set();
              new MutationObserver(() => {
                for (const element of document.querySelectorAll('#rows .row:first-child .numbers b')) {
                  const words = element.textContent.replace(/\\D/g, '');
                  if (seen.has(words)) continue;
                  seen.add(words);
                  requestAnimationFrame(() => { window.painted[words] = performance.timeOrigin + performance.now(); });
                }
              }).observe(document.querySelector('#rows'), { childList: true, subtree: true, characterData: true });
            }""";

    private static final String NOTE_FRAMES = """
            () => {
              window.frames_ = [];
              window.longTasks = [];
              new PerformanceObserver(list => list.getEntries().forEach(entry => window.longTasks.push(entry.duration)))
                .observe({ type: 'longtask' });
              let last = performance.now();
              const frame = now => { window.frames_.push(now - last); last = now; requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
            }""";

    @TempDir
    Path dir;

    private Freshet broker;
    private Freshet dashboard;
    private StagedTrends trends;
    private Browser browser;
    private Page page;

    @BeforeEach
    void start() throws Exception {
        browser = Browser.start();
        broker = Freshet.broker(dir, 0);
        trends = new StagedTrends(broker.bootstrapServers());
        dashboard = Freshet.dashboard(dir, broker.bootstrapServers());
        trends.publish("First");
        page = browser.page(1280, 900);
    }

    @AfterEach
    void stop() {
        assertThat(browser.errors()).isEmpty();
        trends.close();
        dashboard.close();
        broker.close();
        browser.close();
    }

    @Test
    void needsFewBytesBeforeATrendShows() {
        AtomicLong bytes = new AtomicLong();
        CDPSession session = page.context().newCDPSession(page);
        session.send("Network.enable");
        session.on(
                "Network.dataReceived",
                event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        session.on(
                "Network.responseReceived",
                event -> bytes.addAndGet(event.getAsJsonObject("response")
                        .get("encodedDataLength")
                        .getAsLong()));

        open();

        System.out.printf(Locale.ROOT, "%,d bytes before the first trend%n", bytes.get());
        assertThat(bytes.get()).isBetween(10_000L, (long) BYTES_BEFORE_A_TREND);
    }

    @Test
    void paintsWhatIsPublished() {
        page.addInitScript(NOTE_ARRIVALS);
        open();
        page.evaluate(NOTE_PAINTS);
        print("a new trend, a record each 600 ms", published(80, Duration.ofMillis(600), i -> "Tag" + i));
        print("new numbers, a record each 120 ms", published(200, Duration.ofMillis(120), i -> "Same"));
    }

    private interface Name {
        String of(int record);
    }

    /** From before a record is handed to the producer to the frame after the page has changed, milliseconds. */
    private List<Double> published(int records, Duration every, Name name) {
        Map<String, Double> sent = new java.util.LinkedHashMap<>();
        Pace pace = new Pace(every);
        for (int i = 0; i < records; i++) {
            pace.next();
            int authors = (name.of(0).equals(name.of(1)) ? 2_000 : 1_000) + i;
            sent.put(Integer.toString(authors), now());
            List<Trend> ranked = rows(name.of(i), authors);
            trends.append(ranked);
        }
        String last = List.copyOf(sent.keySet()).get(records - 1);
        page.waitForFunction("words => words in window.painted", last);
        @SuppressWarnings("unchecked")
        Map<String, Double> painted = (Map<String, Double>) page.evaluate("window.painted");
        @SuppressWarnings("unchecked")
        Map<String, Double> heard = (Map<String, Double>) page.evaluate("window.heard");
        List<Double> waits = new ArrayList<>();
        List<Double> onTheWay = new ArrayList<>();
        sent.forEach((words, at) -> {
            if (painted.containsKey(words)) {
                waits.add(painted.get(words) - at);
                onTheWay.add(heard.get(words) - at);
            }
        });
        print("until the page has the record", onTheWay.subList(onTheWay.size() / 10, onTheWay.size()));
        assertThat(waits).as("records that were painted").hasSizeGreaterThan(records / 2);
        return waits.subList(waits.size() / 10, waits.size()); // the first ones warm what is new
    }

    private static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
    }

    private static List<Trend> rows(String first, int authors) {
        List<Trend> rows = new ArrayList<>();
        rows.add(StagedTrends.trend(1, first, authors));
        for (int i = 2; i <= ROWS; i++) {
            rows.add(StagedTrends.trend(i, "Row" + i, 500 - i));
        }
        return rows;
    }

    @Test
    void staysSmoothWhileAThousandRankingsASecondArrive() {
        open();
        page.evaluate(NOTE_FRAMES);
        CDPSession session = page.context().newCDPSession(page);
        JsonObject inThreadTime = new JsonObject(); // what others do on the machine does not count
        inThreadTime.addProperty("timeDomain", "threadTicks");
        session.send("Performance.enable", inThreadTime);
        double before = busySeconds(session);
        long begun = System.nanoTime();
        Pace pace = new Pace(Duration.ofMillis(1));
        for (int i = 0; i < 20_000; i++) {
            pace.next();
            List<Trend> rows = new ArrayList<>();
            for (int row = 1; row <= FLOODED_ROWS; row++) {
                rows.add(StagedTrends.trend(row, "Row" + (row + i / 700) % 16, 20 + (i * row) % 900));
            }
            trends.append(rows);
        }
        @SuppressWarnings("unchecked")
        List<Number> frames = (List<Number>) page.evaluate("window.frames_");
        @SuppressWarnings("unchecked")
        List<Number> longTasks = (List<Number>) page.evaluate("window.longTasks");
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%.1f s of 20,000 rankings: the page's thread computes for %.0f %% of the time%n",
                seconds,
                100 * (busySeconds(session) - before) / seconds);
        print("frames while 1,000 rankings a second arrive", doubles(frames));
        print("tasks longer than 50 ms", doubles(longTasks));
        long sent = System.nanoTime();
        page.waitForFunction("clock => Date.parse(document.querySelector('#clock').dateTime) >= clock", (double)
                trends.newest().toEpochMilli());
        System.out.printf(Locale.ROOT, "the last of them shown after %.1f s%n", (System.nanoTime() - sent) / 1e9);
    }

    @Test
    void keepsNothingOfWhatHasPassed() {
        int minutes = Integer.getInteger("soak.minutes", 3);
        open();
        page.locator("#rows a.tag").first().click();
        CDPSession session = page.context().newCDPSession(page);
        session.send("Performance.enable");
        List<Long> tab = new ArrayList<>();
        List<Long> server = new ArrayList<>();
        List<Integer> nodes = new ArrayList<>();
        int slide = 0;
        int stretches = Math.max(6, minutes);
        for (int stretch = 0; stretch < stretches; stretch++) {
            Pace pace = new Pace(Duration.ofMillis(50));
            for (int i = 0; i < minutes * 60 * 20 / stretches; i++, slide++) {
                pace.next();
                List<Trend> rows = rows("First", 50 + slide % 300);
                rows.set(1 + slide % (ROWS - 1), StagedTrends.trend(2 + slide % (ROWS - 1), "Passing" + slide / 3, 40));
                trends.append(rows);
            }
            session.send("HeapProfiler.collectGarbage");
            tab.add(used(session));
            nodes.add((Integer) page.evaluate("document.querySelectorAll('*').length"));
            server.add(dashboard.process().liveBytes());
            System.out.printf(
                    Locale.ROOT,
                    "after %,d rankings: tab %,d kB, %,d elements; server %,d kB%n",
                    slide,
                    tab.get(stretch) / 1000,
                    nodes.get(stretch),
                    server.get(stretch) / 1000);
        }
        trends.newest();
        assertThat(growth(tab))
                .as("growth of the tab's heap from first to second half, bytes")
                .isLessThan(1_500_000);
        assertThat(growth(server)).as("growth of the server's heap likewise").isLessThan(4_000_000);
        assertThat(Collections.max(nodes)).as("elements in the page").isLessThan(2_000);
    }

    /** Of the least in each half, leaving out the first stretch, in which caches fill. */
    private static long growth(List<Long> bytes) {
        int middle = (bytes.size() + 1) / 2;
        return Collections.min(bytes.subList(middle, bytes.size())) - Collections.min(bytes.subList(1, middle));
    }

    private static long used(CDPSession session) {
        JsonObject metrics = session.send("Runtime.getHeapUsage");
        return metrics.get("usedSize").getAsLong();
    }

    /** Processor time of the page's thread. */
    private static double busySeconds(CDPSession session) {
        for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
                return metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new AssertionError("Chromium says nothing of its page's tasks");
    }

    private void open() {
        page.navigate(dashboard.page() + "/?stream=" + StagedTrends.STREAM);
        assertThat(page.locator("#rows .row").first()).isVisible();
    }

    private static List<Double> doubles(List<Number> numbers) {
        return numbers.stream().map(Number::doubleValue).toList();
    }

    private static void print(String what, List<Double> millis) {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            System.out.println(what + ": none");
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d, median %.0f ms, 95th percentile %.0f ms, worst %.0f ms, in all %.0f ms%n",
                what,
                sorted.length,
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.95)],
                sorted[sorted.length - 1],
                Arrays.stream(sorted).sum());
    }
}
