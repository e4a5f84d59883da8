package freshet.ingest.text;

/** A part of a text, from its first character to after its last. */
record Span(int start, int end) {}
