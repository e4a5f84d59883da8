package freshet.storage.sql;

import freshet.trends.contract.Ranking;
import freshet.trends.contract.RankingCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A ranking as it is stored: the JSON of its record, deflated (to about a fifth). */
final class RankingBody {

    private RankingBody() {}

    static byte[] pack(Ranking ranking) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
            try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, 8192)) {
                deflated.write(RankingCodec.encode(ranking));
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        } finally {
            deflater.end();
        }
    }

    static Ranking unpack(byte[] body) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(body))) {
            return RankingCodec.decode(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("a stored ranking is damaged: " + SqlDatabase.oneLine(e), e);
        }
    }
}
