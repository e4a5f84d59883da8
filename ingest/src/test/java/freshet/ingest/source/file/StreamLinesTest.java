package freshet.ingest.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import freshet.ingest.source.Lines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StreamLinesTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(utf8(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static List<String> read(byte[] bytes) throws Exception {
        return read(new ByteArrayInputStream(bytes));
    }

    /** Lines as {@code position|text}, a faulty one with its fault, a cut one with its full length. */
    private static List<String> read(InputStream in) throws Exception {
        List<String> all = new ArrayList<>();
        try (Lines lines = StreamLines.open(in, "f", -1)) {
            while (lines.next()) {
                String text =
                        new String(lines.bytes(), lines.offset(), Math.min(lines.length(), 40), StandardCharsets.UTF_8);
                all.add(lines.position() + "|" + text
                        + (lines.fullLength() > lines.length() ? "|cut of " + lines.fullLength() : "")
                        + (lines.fault() == null ? "" : "|" + lines.fault()));
            }
        }
        return all;
    }

    @Test
    void linesEndWithNewlineOrWithTheStream() throws Exception {
        assertThat(read(utf8("a\r\n\nb\nc"))).containsExactly("f:1|a", "f:2|", "f:3|b", "f:4|c");
        assertThat(read(utf8(""))).isEmpty();
    }

    @Test
    void gzipOfSeveralMembersIsOneStream() throws Exception {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip("a\nb\n"));
        both.write(gzip("c\n"));
        assertThat(read(both.toByteArray())).containsExactly("f:1|a", "f:2|b", "f:3|c");
    }

    @Test
    void zstandardIsRecognised() throws Exception {
        assertThat(read(Zstd.compress(utf8("a\nb\n")))).containsExactly("f:1|a", "f:2|b");
    }

    @Test
    void aTruncatedArchiveKeepsWhatCameBeforeAndSaysWhereItBreaksOff() throws Exception {
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            text.append(i).append(' ').append(random.nextLong()).append('\n');
        }
        for (byte[] whole : List.of(gzip(text.toString()), Zstd.compress(utf8(text.toString())))) {
            List<String> lines = read(Arrays.copyOf(whole, whole.length * 2 / 3));

            assertThat(lines.subList(0, lines.size() - 1)).noneMatch(l -> l.contains("breaks off"));
            assertThat(lines.get(lines.size() - 1))
                    .startsWith("f:" + lines.size() + "|")
                    .contains("|f breaks off here: ");
        }
    }

    @Test
    void anArchiveWithoutAWholeHeaderIsOneFaultyLine() throws Exception {
        assertThat(read(new byte[] {0x1F, (byte) 0x8B, 8})).hasSize(1).allMatch(l -> l.contains("breaks off here"));
    }

    @Test
    void aLineOfTenMegabytesIsCutAndTheNextIsWhole() throws Exception {
        String huge = "x".repeat(10_000_000);
        assertThat(read(utf8("a\n" + huge + "\nb\n" + huge)))
                .containsExactly(
                        "f:1|a",
                        "f:2|" + "x".repeat(40) + "|cut of 10000000",
                        "f:3|b",
                        "f:4|" + "x".repeat(40) + "|cut of 10000000");
    }

    @Test
    void anArchiveThatBreaksOffInALineTooLongSaysBoth() throws Exception {
        Random random = new Random(1);
        StringBuilder noise = new StringBuilder();
        while (noise.length() < 6_000_000) {
            noise.append(Long.toHexString(random.nextLong()));
        }
        byte[] whole = gzip(noise.toString());
        List<String> lines = read(Arrays.copyOf(whole, whole.length / 2));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("|cut of ");
        assertThat(lines.get(1)).contains("breaks off here");
    }

    @Test
    void aLineOfExactlyTheLimitIsWhole() throws Exception {
        String longest = "x".repeat(Lines.MAX_LINE - 1);
        assertThat(read(utf8(longest + "\nb\n"))).containsExactly("f:1|" + "x".repeat(40), "f:2|b");
    }

    @Property(tries = 300)
    void linesAreThoseOfTheTextHoweverItArrives(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            String line = (i + "é").repeat(random.nextInt(random.nextInt(10) == 0 ? 200_000 : 12));
            text.append(line).append('\n');
            expected.add("f:" + (i + 1) + "|"
                    + new String(utf8(line), 0, Math.min(utf8(line).length, 40), StandardCharsets.UTF_8)
                    + (utf8(line).length >= Lines.MAX_LINE ? "|cut of " + utf8(line).length : ""));
        }
        assertThat(read(new Dribble(utf8(text.toString()), random))).isEqualTo(expected);
    }

    /** Gives as many bytes at a time as it likes. */
    private static final class Dribble extends ByteArrayInputStream {
        private final Random random;

        Dribble(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, length == 0 ? 0 : 1 + random.nextInt(Math.min(length, 100_000)));
        }
    }
}
