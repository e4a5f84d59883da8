package freshet.broker.coordinator.group;

/** What a group writes to the log; a null value is a tombstone. */
public sealed interface GroupRecord {
    /** The group that it is about. */
    String group();

    /** A committed offset, or (null) its deletion. */
    record OffsetRecord(String group, String topic, int partition, CommittedOffset value) implements GroupRecord {}

    /** A generation, or (null) the end of the group's membership. */
    record GenerationRecord(String group, GroupMetadata value) implements GroupRecord {}
}
