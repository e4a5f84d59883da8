package freshet.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextHashTest {

    @Test
    void aChangedLinkHandleNumberOrSpacingMakesNoOtherText() {
        String hash = TextHash.of("Vote now @anna https://t.co/abc 123 times");

        assertThat(TextHash.of("vote NOW  @bert HTTP://t.co/xyz 77 times")).isEqualTo(hash);
        assertThat(TextHash.of("vote now times")).isEqualTo(hash);
        assertThat(TextHash.of("vote later times")).isNotEqualTo(hash);
    }

    @Test
    void wordsThatBeginLikeALinkCount() {
        assertThat(TextHash.of("http")).isNotNull().isNotEqualTo(TextHash.of("httpx"));
        assertThat(TextHash.of("ht")).isNotNull();
        assertThat(TextHash.of("h")).isNotNull();
    }

    @Test
    void nothingButWhatDoesNotCountHasNoHash() {
        assertThat(TextHash.of("")).isNull();
        assertThat(TextHash.of(" @anna 12 https://t.co/abc\u3000")).isNull();
    }

    @Test
    void caseAndWhiteSpaceOfEveryScriptDoNotCount() {
        for (int unit = 0x80; unit <= 0xFFFF; unit++) {
            char c = (char) unit;
            String same = Character.isWhitespace(c) || c == 0xA0 ? "a" : "a" + Character.toLowerCase(c);
            assertThat(TextHash.of("a" + c)).as("U+%04X", unit).isEqualTo(TextHash.of(same));
        }
    }
}
