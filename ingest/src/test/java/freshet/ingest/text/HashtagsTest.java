package freshet.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TldLists;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** twitter-text itself is the oracle. */
class HashtagsTest {

    private static final Extractor ORACLE = new Extractor();

    /** What hostile texts are made of: everything that a rule is about, whole and in pieces. */
    private static final String[] PIECES = {
        "#",
        "＃",
        "##",
        "&",
        "&#",
        "#️⃣",
        "️",
        "︎",
        "⃣",
        "a",
        "Z",
        "é",
        "e\u0301",
        "ß",
        "ñ",
        "1",
        "42",
        "٣",
        "_",
        "-",
        ".",
        "..",
        ",",
        "!",
        "(",
        ")",
        "((",
        "))",
        "/",
        "//",
        "://",
        ":",
        "?",
        "=",
        "+",
        "@",
        "＠",
        "$",
        "%",
        "~",
        "|",
        " ",
        "\n",
        "\u3000",
        "\u00a0",
        "http://",
        "https://",
        "HTTP://",
        "http:/",
        "example.com",
        "t.co",
        "t.co/",
        "a.b.c",
        "x_y.org",
        "foo.museum",
        "co.uk",
        ".com",
        ".de",
        ".рф",
        ".中国",
        ".コム",
        "müller",
        "пример",
        "例え",
        "xn--p1ai",
        "日本語",
        "ハッシュタグ",
        "ー",
        "・",
        "한국어",
        "العربية",
        "\u200c",
        "\u200d",
        "नमस्ते",
        "ไทย",
        "עברית",
        "״",
        "־",
        "·",
        "𝒜",
        "🎉",
        "😀",
        "\ud83d",
        "\ude00",
        "\uf870",
        "\uf8ff",
        "\u0000",
        "\ufeff",
        "\uffff",
        "\u202e",
        "\u2013",
        "/#tag",
        "?#tag",
        "=#tag",
        "#tag",
        "#été",
        ":8080",
        "/a(b)",
        "/a(b(c))",
        "(#x)",
        "？",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "'",
        "\"",
        "`",
        "\\",
        "^",
        "<",
        ">",
        "[",
        "]",
        ";",
        "\t"
    };

    @Property(tries = 4000)
    void tagsOfHostileTextsAreThoseOfTheReference(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(14);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        agrees(text.toString());
    }

    @Property(tries = 1000)
    void tagsOfAnyTextAreThoseOfTheReference(@ForAll String text) {
        agrees("#" + text);
        agrees("x.com/" + text + " #" + text);
    }

    @Property(tries = 30)
    void everyCharacterIsOrIsNotPartOfATagAsInTheReference(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int c = random.nextInt(random.nextBoolean() ? 0x3000 : 0x20000);
            String character = new String(Character.toChars(c));
            agrees("#a" + character + "b");
            agrees("#" + character);
            agrees(character + "#b");
            agrees("http://" + character + "x.com/#b");
            agrees(character + "x.com/" + character + "/#b");
        }
    }

    private static void agrees(String text) {
        assertThat(Hashtags.of(text)).as("tags of <%s>", escaped(text)).isEqualTo(ORACLE.extractHashtags(text));
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(c > ' ' && c < 0x7F ? "" + (char) c : String.format("\\u%04x", c)));
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "a #tag here,tag",
        "＃全角 です,全角",
        "これは #日本語タグ です,日本語タグ",
        "#Ünïcödé!,Ünïcödé",
        "#می\u200cخواهم,می\u200cخواهم",
        "#2024abc,2024abc",
    })
    void aTagIsFound(String text, String tag) {
        assertThat(Hashtags.of(text)).containsExactly(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#123",
                "a#tag",
                "&#xa9;",
                "http://example.com/#tag",
                "example.com/#tag",
                "#tag://x",
                "#a#b",
                "#",
                "#️⃣ 1",
                "http://twitter.com/search?q=#tag"
            })
    void thereIsNoTag(String text) {
        assertThat(Hashtags.of(text)).isEmpty();
    }

    @Test
    void topLevelDomainsAreThoseOfTheReferenceInItsOrder() {
        java.util.List<String> expected = new java.util.ArrayList<>(TldLists.GTLDS);
        expected.addAll(TldLists.CTLDS);
        java.util.List<String> own = TopLevelDomains.order().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByValue())
                .map(java.util.Map.Entry::getKey)
                .toList();
        assertThat(own).isEqualTo(expected.stream().distinct().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "é.", "#a.", "x.com/(", "#1", "http://é", "é-", "/#a", "a_b."})
    @Timeout(10)
    void aLongHostileTextTakesNoLongTime(String piece) {
        String text = piece.repeat(60_000 / piece.length()) + " #end.";
        assertThat(Duration.ofNanos(timed(text))).isLessThan(Duration.ofSeconds(8));
    }

    private static long timed(String text) {
        long start = System.nanoTime();
        Hashtags.of(text);
        return System.nanoTime() - start;
    }
}
