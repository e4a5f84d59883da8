package freshet.broker.coordinator.group;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.protocol.ByteBufferAccessor;

/** Which topics the members of a group are subscribed to, as far as they are consumers and say so. */
final class Subscriptions {
    /** The protocol type of consumers; other kinds of group (Connect's) put what they like into their metadata. */
    static final String CONSUMER = "consumer";

    private Subscriptions() {}

    /** The topics of all members; empty if that cannot be told. */
    static Optional<Set<String>> of(Group group) {
        if (group.members().isEmpty()) {
            return Optional.of(Set.of());
        }
        if (!CONSUMER.equals(group.protocolType) || group.protocol == null) {
            return Optional.empty();
        }
        Set<String> topics = new HashSet<>();
        try {
            for (Member member : group.members()) {
                topics.addAll(read(member.metadata(group.protocol)).topics());
            }
            return Optional.of(topics);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static ConsumerProtocolSubscription read(byte[] metadata) {
        ByteBuffer in = ByteBuffer.wrap(metadata);
        short version = in.getShort();
        if (version < 0) {
            throw new BufferUnderflowException();
        }
        short known = (short) Math.min(version, ConsumerProtocolSubscription.HIGHEST_SUPPORTED_VERSION);
        return new ConsumerProtocolSubscription(new ByteBufferAccessor(in), known);
    }
}
