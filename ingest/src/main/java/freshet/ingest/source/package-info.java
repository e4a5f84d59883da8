/**
 * Where lines come from. A {@link freshet.ingest.source.Source} is named on the command line as {@code kind:rest} and
 * opened as {@link freshet.ingest.source.Lines}, which hands out one line at a time with its position. A new source is a
 * package beside {@code file} and {@code clock} and one line in {@link freshet.ingest.source.Sources}.
 */
package freshet.ingest.source;
