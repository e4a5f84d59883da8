package freshet.broker.metadata.zookeeper;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.apache.zookeeper.server.persistence.Util;

/**
 * Deletes what ZooKeeper itself keeps for ever: snapshots but the newest few, and logs that end before them. (Its own
 * PurgeTxnLog does the same, and tells standard output about it.)
 */
final class OldSnapshots {

    private static final int KEPT = 3;

    private OldSnapshots() {}

    static void delete(FileTxnSnapLog files) throws IOException {
        List<File> newest = files.findNValidSnapshots(KEPT);
        if (newest.size() < KEPT) {
            return;
        }
        long oldestKept = Util.getZxidFromName(newest.get(KEPT - 1).getName(), "snapshot");
        // The log in which the oldest kept snapshot falls begins before it, and is needed.
        Set<File> neededLogs = new HashSet<>(List.of(files.getSnapshotLogs(oldestKept)));
        deleteBefore(files.getSnapDir().toPath(), "snapshot", oldestKept, Set.of());
        deleteBefore(files.getDataLogDir().toPath(), "log", oldestKept, neededLogs);
    }

    private static void deleteBefore(Path directory, String kind, long zxid, Set<File> needed) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, kind + ".*")) {
            for (Path file : all) {
                long first = Util.getZxidFromName(file.getFileName().toString(), kind);
                if (first >= 0 && first < zxid && !needed.contains(file.toFile())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
