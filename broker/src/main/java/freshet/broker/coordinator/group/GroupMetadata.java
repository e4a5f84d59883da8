package freshet.broker.coordinator.group;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A generation as it stands in the log.
 *
 * @param protocol the assignor that all members know; null while the group is empty
 * @param leader the member that assigns; null while the group is empty
 * @param stateTimestamp wall clock, ms, of the change to this state
 */
record GroupMetadata(
        String protocolType,
        int generation,
        String protocol,
        String leader,
        long stateTimestamp,
        List<MemberMetadata> members) {

    GroupMetadata {
        members = List.copyOf(members);
    }

    /**
     * A member of a generation.
     *
     * @param groupInstanceId null for a dynamic member
     * @param subscription what it said under the chosen protocol
     */
    record MemberMetadata(
            String memberId,
            String groupInstanceId,
            String clientId,
            String clientHost,
            int rebalanceTimeoutMs,
            int sessionTimeoutMs,
            byte[] subscription,
            byte[] assignment) {

        @Override
        public boolean equals(Object o) {
            return o instanceof MemberMetadata that
                    && memberId.equals(that.memberId)
                    && Objects.equals(groupInstanceId, that.groupInstanceId)
                    && clientId.equals(that.clientId)
                    && clientHost.equals(that.clientHost)
                    && rebalanceTimeoutMs == that.rebalanceTimeoutMs
                    && sessionTimeoutMs == that.sessionTimeoutMs
                    && Arrays.equals(subscription, that.subscription)
                    && Arrays.equals(assignment, that.assignment);
        }

        @Override
        public int hashCode() {
            return memberId.hashCode();
        }
    }
}
