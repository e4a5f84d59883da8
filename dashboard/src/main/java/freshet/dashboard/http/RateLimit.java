package freshet.dashboard.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A token bucket per address. Thread-safe; remembers at most ten thousand addresses, the least recent are forgotten. */
final class RateLimit {

    private static final int ADDRESSES = 10_000;

    private final double perNano;
    private final double burst;
    private final LongSupplier nanoClock;
    private final Cache<InetAddress, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    private static final class Bucket {
        double tokens;
        long filledAt;
    }

    RateLimit(int perSecond, int burst, LongSupplier nanoClock) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.nanoClock = nanoClock;
    }

    /** Takes a token if there is one. */
    boolean allows(InetAddress address) {
        long now = nanoClock.getAsLong();
        Bucket bucket = buckets.get(address, a -> {
            Bucket full = new Bucket();
            full.tokens = burst;
            full.filledAt = now;
            return full;
        });
        synchronized (bucket) {
            bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.filledAt) * perNano);
            bucket.filledAt = now;
            if (bucket.tokens < 1) {
                return false;
            }
            bucket.tokens--;
            return true;
        }
    }
}
