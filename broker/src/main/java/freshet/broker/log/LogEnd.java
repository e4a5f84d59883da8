package freshet.broker.log;

/**
 * Where a log ends: published as one, so that a reader sees the offset and the place that belong together. The last append
 * is remembered too, since those who wait for records read just that.
 *
 * @param nextOffset the offset that the next record gets
 * @param segment the active segment, or null before the first record
 * @param position where its records end, in bytes
 * @param lastAppendOffset the first offset of the last append, or −1 when it was of several batches or is not known
 * @param lastAppendPosition where it begins
 */
record LogEnd(long nextOffset, Segment segment, int position, long lastAppendOffset, int lastAppendPosition) {
    static LogEnd at(long nextOffset, Segment segment) {
        return new LogEnd(nextOffset, segment, segment == null ? 0 : segment.size(), -1, -1);
    }

    /** Up to where the segment's file may be read. */
    int positionIn(Segment other) {
        return other == segment ? position : other.size();
    }

    /** Whether the offset lies in the last append. */
    boolean endsWithBatchOf(long offset) {
        return lastAppendOffset >= 0 && offset >= lastAppendOffset && offset < nextOffset;
    }
}
