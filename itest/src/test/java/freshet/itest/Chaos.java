package freshet.itest;

import freshet.itest.fixture.JavaProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * Disturbs processes at random by seed: kills them with -9, stops them past their session's end and resumes them, ends
 * them as Ctrl-C does; starts them again after a while. Several may be down at once. What ends by itself is started again,
 * unless it ends well.
 */
final class Chaos {

    /** Past the session timeout of six seconds. */
    private static final int PAUSE_MS = 9_000;

    private static final int DOWN_MS_MAX = 6_000;

    private final Random random;
    private final List<Victim> victims = new ArrayList<>();
    private final Map<String, Integer> done = new TreeMap<>();

    /** A process, and when it is to be started or resumed. */
    private static final class Victim {
        final String name;
        final Supplier<JavaProcess> start;
        final int weight;
        JavaProcess process;
        boolean paused;
        long backAt;

        Victim(String name, Supplier<JavaProcess> start, int weight) {
            this.name = name;
            this.start = start;
            this.weight = weight;
            this.process = start.get();
        }

        boolean finished() {
            return !process.isAlive() && process.exitCode(1) == 0;
        }

        boolean undisturbed() {
            return !paused && process.isAlive();
        }
    }

    Chaos(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Starts a process and exposes it.
     *
     * @param weight how often it is chosen, against the weights of the others
     */
    void add(String name, int weight, Supplier<JavaProcess> start) {
        victims.add(new Victim(name, start, weight));
    }

    /** Disturbs one about every {@code everyMs}, so many times or until told that it is over. */
    void run(int times, int everyMs, BooleanSupplier over) {
        long seconds = 60 + 4L * times * everyMs / 1_000;
        int[] left = {times};
        long[] next = {System.nanoTime()};
        Awaitility.await("the end of chaos")
                .atMost(seconds, TimeUnit.SECONDS)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> {
                    bringBack(System.nanoTime());
                    if (System.nanoTime() >= next[0]) {
                        disturb();
                        left[0]--;
                        next[0] = later(everyMs / 2 + random.nextInt(everyMs));
                    }
                    return left[0] == 0 || over.getAsBoolean();
                });
    }

    /** Lets all go on, and starts again what ends, until a condition holds. */
    void calmUntil(BooleanSupplier over, int seconds) {
        long now = System.nanoTime();
        victims.forEach(victim -> victim.backAt = now);
        Awaitility.await("the rest of the work")
                .atMost(seconds, TimeUnit.SECONDS)
                .pollInterval(250, TimeUnit.MILLISECONDS)
                .until(() -> {
                    bringBack(System.nanoTime());
                    return over.getAsBoolean();
                });
    }

    private void bringBack(long now) {
        for (Victim victim : victims) {
            if (now - victim.backAt < 0) {
                continue;
            }
            if (victim.paused) {
                victim.process.resume();
                victim.paused = false;
            } else if (!victim.process.isAlive() && !victim.finished()) {
                victim.process = victim.start.get();
            }
        }
    }

    private void disturb() {
        Victim victim = choose();
        if (victim == null) {
            return;
        }
        String how;
        switch (random.nextInt(3)) {
            case 0 -> {
                how = "paused";
                victim.process.pause();
                victim.paused = true;
                victim.backAt = later(PAUSE_MS);
            }
            case 1 -> {
                how = "ended";
                victim.process.terminate();
                victim.backAt = later(random.nextInt(DOWN_MS_MAX));
            }
            default -> {
                how = "killed";
                victim.process.kill();
                victim.backAt = later(random.nextInt(DOWN_MS_MAX));
            }
        }
        done.merge(victim.name + " " + how, 1, Integer::sum);
    }

    private Victim choose() {
        List<Victim> candidates = victims.stream().filter(Victim::undisturbed).toList();
        int sum = candidates.stream().mapToInt(victim -> victim.weight).sum();
        if (sum == 0) {
            return null;
        }
        int at = random.nextInt(sum);
        for (Victim victim : candidates) {
            at -= victim.weight;
            if (at < 0) {
                return victim;
            }
        }
        throw new AssertionError("no weight is left over");
    }

    private static long later(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Whether a process has ended well. */
    boolean finished(String name) {
        return victims.stream().anyMatch(victim -> victim.name.equals(name) && victim.finished());
    }

    /** How often was done what to whom. */
    Map<String, Integer> disturbances() {
        return done;
    }

    void stop() {
        victims.forEach(victim -> {
            victim.process.resume();
            victim.process.close();
        });
    }
}
