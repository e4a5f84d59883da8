package freshet.broker.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalLong;

/**
 * Puts one file of batches in the place of several segments, so that a kill at any point leaves either the old ones or the
 * new one. The new file's name, {@code FROM-TO.swap}, says which base offsets it replaces; giving it that name is the
 * decision, and whatever was not finished then is finished at the next start.
 */
final class SegmentSwap {
    private SegmentSwap() {}

    /**
     * Decides it.
     *
     * @param compacted a complete file, on disk
     * @param from base offset of the first segment that it replaces
     * @param to base offset of the first that it does not
     */
    static Path decide(Path compacted, long from, long to) throws IOException {
        Path swap = compacted.resolveSibling(SegmentFiles.swap(from, to));
        return Files.move(compacted, swap, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Does it. */
    static void finish(Path swap) throws IOException {
        long[] range = SegmentFiles.swapRange(swap.getFileName().toString());
        finish(swap, range[0], range[1]);
    }

    /** Finishes what a kill interrupted; true if there was anything. */
    static boolean finishAll(List<Path> files) throws IOException {
        boolean any = false;
        for (Path file : files) {
            long[] range = SegmentFiles.swapRange(file.getFileName().toString());
            if (range != null) {
                finish(file, range[0], range[1]);
                any = true;
            }
        }
        return any;
    }

    private static void finish(Path swap, long from, long to) throws IOException {
        try (var siblings = Files.newDirectoryStream(swap.getParent())) {
            for (Path sibling : siblings) {
                OptionalLong base =
                        SegmentFiles.baseOffset(sibling.getFileName().toString());
                if (base.isPresent() && base.getAsLong() >= from && base.getAsLong() < to) {
                    Files.deleteIfExists(swap.resolveSibling(SegmentFiles.offsetIndex(base.getAsLong())));
                    Files.deleteIfExists(swap.resolveSibling(SegmentFiles.timeIndex(base.getAsLong())));
                    Files.deleteIfExists(sibling);
                }
            }
        }
        Files.move(swap, swap.resolveSibling(SegmentFiles.log(from)), StandardCopyOption.ATOMIC_MOVE);
    }
}
