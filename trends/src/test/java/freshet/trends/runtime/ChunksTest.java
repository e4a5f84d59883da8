package freshet.trends.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunksTest {

    private static final int RECORD_BYTES_MAX = 512 * 1024;

    @Property(tries = 30)
    void whatIsWrittenIsReadWhateverThePieces(@ForAll long seed, @ForAll @IntRange(max = 3_000_000) int size)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Chunks chunks = new Chunks();
        for (int at = 0; at < size; ) {
            int piece = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(size - at);
            if (piece == 1) {
                chunks.write(bytes[at]);
            } else {
                chunks.write(bytes, at, piece);
            }
            at += piece;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes);

        assertThat(chunks.length()).isEqualTo(size);
        assertThat(chunks.crc()).isEqualTo(crc.getValue());
        assertThat(chunks.in().readAllBytes()).isEqualTo(bytes);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] chunk : chunks.all()) {
            assertThat(chunk.length).isLessThanOrEqualTo(RECORD_BYTES_MAX);
            all.write(chunk);
        }
        assertThat(all.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void nothingIsOnePieceAsWell() {
        assertThat(new Chunks().all()).containsExactly(new byte[0]);
    }
}
