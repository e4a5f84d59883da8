/**
 * Recordings in files and from standard input: byte-level line splitting in bounded memory, decompression by what the
 * first bytes say (gzip, also of several members; Zstandard), and damage said as one last faulty line.
 */
package freshet.ingest.source.file;
