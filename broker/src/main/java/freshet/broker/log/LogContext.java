package freshet.broker.log;

import java.time.InstantSource;

/**
 * What all logs of a broker share.
 *
 * @param producerIdExpirationMs how long an idle producer's sequence numbers are remembered
 */
public record LogContext(OpenFiles files, InstantSource time, long producerIdExpirationMs) {}
