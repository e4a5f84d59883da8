/**
 * The way of a line: read, check, publish or reject. One thread does it all, in the order of the source, so that what
 * becomes of a recording is a function of its lines alone: not of the speed, not of the hour, not of how often it was
 * interrupted. Positions live in the log itself: a restart reads the last record of each partition, goes through the
 * recording again from its first line, and publishes only what each partition lacks.
 */
package freshet.ingest.pipeline;
