/** The wall clock as a source: a live stream's time goes on although no one posts. */
package freshet.ingest.source.clock;
