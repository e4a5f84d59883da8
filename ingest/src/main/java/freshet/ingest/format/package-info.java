/**
 * What a line of a source says: bytes in, a {@link freshet.ingest.format.Line} out. Two forms are known, Freshet's own
 * canonical JSON and Twitter's v1.1 stream, told apart line by line, so that a file may mix them. Nothing here knows
 * files, clocks or Kafka; a line's meaning is a function of its bytes.
 */
package freshet.ingest.format;
