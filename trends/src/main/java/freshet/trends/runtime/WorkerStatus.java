package freshet.trends.runtime;

import java.util.List;

/**
 * How a worker is.
 *
 * @param assigned partitions that it has
 * @param partitions partitions that there are
 * @param waits one line for each thing that it waits for
 */
public record WorkerStatus(int assigned, int partitions, List<String> waits) {

    static final WorkerStatus NONE = new WorkerStatus(0, 0, List.of());
}
