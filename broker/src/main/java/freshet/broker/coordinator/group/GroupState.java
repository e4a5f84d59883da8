package freshet.broker.coordinator.group;

/** Where a group is between two generations; the picture stands in the package's documentation. */
enum GroupState {
    /** No members; there may be offsets. */
    EMPTY("Empty"),
    /** Waits for the members to join again. */
    PREPARING_REBALANCE("PreparingRebalance"),
    /** A new generation waits for its leader's assignment. */
    COMPLETING_REBALANCE("CompletingRebalance"),
    /** The assignment is in the log. */
    STABLE("Stable"),
    /** Deleted; only late timers still see it. */
    DEAD("Dead");

    private final String protocolName;

    GroupState(String protocolName) {
        this.protocolName = protocolName;
    }

    /** The name that Kafka's tools know. */
    String protocolName() {
        return protocolName;
    }
}
