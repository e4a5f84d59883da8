package freshet.broker.log;

/**
 * What an append did.
 *
 * @param firstOffset offset of the first record
 * @param lastOffset offset of the last record; acknowledged once the high watermark is past it
 * @param logAppendTimeMs the time given to the records under {@code LogAppendTime}, else −1
 * @param logStartOffset where the log begins
 * @param duplicate the batch had been written before (a producer's retry): the offsets are those of the first time
 */
public record AppendInfo(
        long firstOffset, long lastOffset, long logAppendTimeMs, long logStartOffset, boolean duplicate) {}
