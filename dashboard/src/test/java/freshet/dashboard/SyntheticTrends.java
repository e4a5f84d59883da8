package freshet.dashboard;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.trends.contract.Band;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.KeptOut;
import freshet.trends.contract.Ranking.PostRef;
import freshet.trends.contract.Ranking.Related;
import freshet.trends.contract.Ranking.Share;
import freshet.trends.contract.Ranking.State;
import freshet.trends.contract.Ranking.Trend;
import freshet.trends.contract.RankingCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Rankings as a day with breakouts has them, some of them with tags that mean harm. Same seed, same rankings. */
public final class SyntheticTrends {

    private static final List<String> NAMES = List.of(
            "Eclipse2026",
            "القدس",
            "地震",
            "שלום",
            "GoldenHour",
            "Überraschung",
            "한국시리즈",
            "🌊🌊🌊",
            "<img src=x onerror=alert(1)>",
            "\u202Egnp.elif\u202E",
            "z" + "\u0301\u0323\u0334\u0489".repeat(2500),
            "naïve\u200B\u200Bcafé",
            "MondayMotivation",
            "GenelGrev",
            "смотримВместе",
            "averyveryveryveryverylongtagthatneverseemstoendandgoesonandonandonuntilnoboxholdsit",
            "CopaFinal",
            "บุพเพ",
            "ब्रेकिंग",
            "ThrowbackThursday");
    private static final List<String> TEXTS = List.of(
            "Did anyone else just see that? The whole street is outside #%s",
            "مشهد لا يصدق من النافذة #%s",
            "今すごく揺れた。みんな大丈夫? #%s",
            "<script>alert('xss')</script> & more <b>bold</b> claims about #%s",
            "I can't believe it \u202Etxet desrever\u202C 😮 #%s",
            "Live from the square: thousands of people, music, and the light is going. Bring a jacket! #%s https://example.org/live");

    private final FakeCluster cluster;
    private final String stream;
    private final Random random;
    private final List<Wave> waves = new ArrayList<>();
    private final List<String> refs = new ArrayList<>();

    private record Wave(String display, Instant onset, Duration rise, Duration fall, double height, double usual) {

        double at(Instant time) {
            double s = Duration.between(onset, time).toMillis() / 1000.0;
            double up = s < 0 ? 0 : Math.min(1, s / rise.toSeconds());
            double down = Math.max(0, s - rise.toSeconds()) / fall.toSeconds();
            return usual + height * up * Math.exp(-down);
        }
    }

    public SyntheticTrends(FakeCluster cluster, String stream, long seed, Instant from, Duration length) {
        this.cluster = cluster;
        this.stream = stream;
        this.random = new Random(seed);
        int n = 26;
        for (int i = 0; i < n; i++) {
            waves.add(new Wave(
                    NAMES.get(i % NAMES.size()) + (i < NAMES.size() ? "" : "Again"),
                    from.plusSeconds((long) (length.toSeconds() * (i / (double) n) * random.nextDouble(0.7, 1.1))),
                    Duration.ofMinutes(3 + random.nextInt(25)),
                    Duration.ofMinutes(10 + random.nextInt(70)),
                    20 + Math.exp(random.nextDouble() * 6.5),
                    random.nextDouble() * 6));
        }
        for (int i = 0; i < 60; i++) {
            refs.add(post(i, from.plusSeconds(i)));
        }
    }

    private String post(int i, Instant at) {
        Post post = new Post(
                "p" + i,
                "twitter",
                at.toEpochMilli(),
                i % TEXTS.size() == 1 ? "ar" : i % TEXTS.size() == 2 ? "ja" : "en",
                null,
                null,
                new Post.Author("a" + i, i % 7 == 3 ? "\u202Enimda" : "person_" + i, 10L, null),
                List.of("x"),
                null,
                String.format(Locale.ROOT, TEXTS.get(i % TEXTS.size()), NAMES.get(i % 10)),
                null,
                i % 4 == 0 ? "https://example.org/p" + i : i % 4 == 1 ? "javascript:alert(1)" : null);
        return "0@" + cluster.append(topic("posts"), 0, PostCodec.encode(post));
    }

    private String topic(String base) {
        return stream.isEmpty() ? base : stream + "." + base;
    }

    /** Publishes the ranking of a window at a time. */
    public void publish(String window, Duration size, Instant at, boolean isFinal) {
        List<Trend> trends = new ArrayList<>();
        for (Wave wave : waves) {
            double level = wave.at(at) * Math.sqrt(size.toSeconds() / 600.0);
            double slope = wave.at(at) - wave.at(at.minusSeconds(60));
            double expected = wave.usual() * size.toSeconds() / 600.0;
            if (level < 6 + expected * 2 || at.isBefore(wave.onset())) {
                continue;
            }
            State state = at.isBefore(wave.onset().plus(wave.rise()).minusSeconds(60))
                    ? Duration.between(wave.onset(), at).toMinutes() < 6 ? State.BREAKING : State.RISING
                    : slope > -wave.height() * 0.01 ? State.STEADY : State.FADING;
            long authors = (long) (level * (1 + 0.04 * random.nextGaussian()));
            trends.add(trend(wave, at, size, state, Math.max(4, authors), expected));
        }
        trends.sort(Comparator.comparingDouble(Trend::score).reversed());
        List<Trend> ranked = new ArrayList<>();
        for (Trend t : trends) {
            ranked.add(new Trend(
                    ranked.size() + 1,
                    t.id(),
                    t.tag(),
                    t.tags(),
                    t.display(),
                    t.state(),
                    t.count(),
                    t.authors(),
                    t.expected(),
                    t.score(),
                    t.odds(),
                    t.since(),
                    t.warming(),
                    t.spark(),
                    t.reason(),
                    t.first(),
                    t.examples(),
                    t.related(),
                    null,
                    t.band(),
                    t.sparkBand(),
                    t.languages(),
                    t.sources(),
                    t.authorsError()));
        }
        Ranking ranking = new Ranking(
                window,
                "all",
                at,
                isFinal,
                isFinal ? "6/6" : "5/6",
                48_000 + random.nextInt(900),
                ranked,
                List.of(
                        new KeptOut("followback", "3 authors wrote 212 of 230 posts"),
                        new KeptOut("winaphone", "near-identical texts from 96 accounts")));
        cluster.append(topic("trends"), 0, RankingCodec.encode(ranking));
    }

    private Trend trend(Wave wave, Instant at, Duration size, State state, long authors, double expected) {
        List<Integer> spark = new ArrayList<>();
        Duration stretch = Duration.ofSeconds(Math.max(size.toSeconds(), Math.min(3600, 6 * size.toSeconds())));
        for (int i = 59; i >= 0; i--) {
            double level = wave.at(at.minus(stretch.multipliedBy(i).dividedBy(60)));
            double mean = level * stretch.toSeconds() / 60.0 / 600.0 * 1.4;
            spark.add((int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian())));
        }
        String tag = wave.display().toLowerCase(Locale.ROOT);
        double odds = Math.pow(10, -Math.min(30, authors / (expected + 4.0) + 3));
        int ref = Math.abs(wave.hashCode()) % 50;
        return new Trend(
                0,
                Integer.toHexString(wave.hashCode()),
                tag,
                tag.startsWith("eclipse") ? List.of(tag, "solareclipse", "totality") : List.of(tag),
                wave.display(),
                state,
                authors * 13 / 10,
                authors,
                expected,
                -Math.log10(odds) * Math.log(authors),
                odds,
                wave.onset(),
                wave.usual() < 0.4,
                spark,
                authors + " authors in 10 minutes, " + String.format(Locale.ROOT, "%.1f", expected)
                        + " expected; rare as once in 8 months",
                List.of(new PostRef("p" + ref, wave.onset(), refs.get(ref))),
                List.of(
                        new PostRef("p" + (ref + 1), wave.onset(), refs.get(ref + 1)),
                        new PostRef("p" + (ref + 2), wave.onset(), refs.get(ref + 2)),
                        new PostRef("p" + (ref + 3), wave.onset(), refs.get(ref + 3))),
                List.of(new Related("moon", 6.2), new Related("GoldenHour", 3.1), new Related("<b>bold</b>", 2)),
                null,
                band(expected),
                band(expected * stretch.toSeconds() / 60 / size.toSeconds()),
                List.of(new Share("en", 0.71), new Share("ar", 0.18), new Share("ja", 0.06)),
                List.of(new Share("twitter", 0.83), new Share("bluesky", 0.17)),
                null);
    }

    private static Band band(double expected) {
        double strays = 1.65 * Math.sqrt(2 * expected);
        return new Band(Math.max(0, Math.round(expected - strays)), Math.max(1, Math.round(expected + strays)));
    }
}
