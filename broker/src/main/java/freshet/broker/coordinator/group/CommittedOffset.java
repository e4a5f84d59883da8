package freshet.broker.coordinator.group;

import org.apache.kafka.common.Uuid;

/**
 * How far a group has come in a partition.
 *
 * @param leaderEpoch epoch of the last consumed record, -1 if not known
 * @param commitTimestamp wall clock, ms
 * @param expireTimestamp wall clock, ms; -1: the broker's retention rules
 * @param topicId the topic it was committed for, so that a topic created anew does not inherit it; zero if not known
 */
record CommittedOffset(
        long offset, int leaderEpoch, String metadata, long commitTimestamp, long expireTimestamp, Uuid topicId) {
    /** Whether it belongs to the topic that now has the name. */
    boolean isOf(Uuid currentTopicId) {
        return topicId.equals(Uuid.ZERO_UUID)
                || currentTopicId.equals(Uuid.ZERO_UUID)
                || topicId.equals(currentTopicId);
    }
}
