/**
 * The replicas this broker holds: each a log with a leader epoch, a high watermark and those who wait for it to move;
 * and the directory they live in, with its lock, its recovery at start and its housekeeping (retention, flushing,
 * compaction, deletion).
 */
package freshet.broker.partition;
