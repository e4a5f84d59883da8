/**
 * The log of one partition on disk: a directory of segments in Kafka's record batch format v2, unchanged from the wire.
 *
 * <pre>
 * posts-3/
 *   partition.metadata                the topic's id, so that a re-created topic never inherits old records
 *   00000000000000000000.log          batches, offsets 0 up to the next segment's name
 *   00000000000000000000.index        sparse: offset to position
 *   00000000000000000000.timeindex    sparse: highest timestamp so far to offset
 *   00000000000000041233.log          the active segment, the only one that grows
 *   checkpoint                        what is known to be whole and on disk: recovery point, log start,
 *                                     leader epochs, producers; replaced atomically
 * </pre>
 *
 * <p>A batch is checked once, at append; its offsets and leader epoch are written into the bytes that came from the
 * network, and those bytes go to the file in one write. After a kill, only what lies past the checkpoint is read again,
 * and the log is cut behind its last whole, valid batch. Nothing here knows of leaders, replicas or requests.
 */
package freshet.broker.log;
