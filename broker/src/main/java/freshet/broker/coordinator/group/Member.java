package freshet.broker.coordinator.group;

import freshet.broker.coordinator.Loop;
import freshet.broker.coordinator.Reply;
import freshet.broker.coordinator.group.GroupMetadata.MemberMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/** One member of a group: what it told us, what it was given, and which of its requests still wait. */
final class Member {
    static final byte[] NOTHING = {};

    /** A way to assign that the member knows, and what it says under it. */
    record Protocol(String name, byte[] metadata) {}

    /** Null for a dynamic member. */
    final String instanceId;

    final String clientId;
    final String clientHost;

    private String id;
    private List<Protocol> protocols;
    int rebalanceTimeoutMs;
    int sessionTimeoutMs;
    byte[] assignment = NOTHING;

    /** True until its first rebalance ends; it may have to wait for longer than its session. */
    boolean isNew;

    /** When it is given up unless it shows a sign of life, on the loop's clock. */
    long deadlineMs;

    /** Null while nothing watches it. */
    Loop.Timer session;

    /** Null unless a join waits for the rebalance. */
    private Reply<JoinGroupResponseData> join;

    /** Null unless a sync waits for the leader's. */
    private Reply<SyncGroupResponseData> sync;

    Member(String id, String instanceId, Caller caller, JoinGroupRequestData request) {
        this.id = id;
        this.instanceId = instanceId;
        this.clientId = caller.clientId();
        this.clientHost = caller.host();
        this.isNew = true;
        this.protocols = protocolsOf(request);
        takeTimeouts(request);
    }

    /** As it stood in the log. */
    Member(MemberMetadata metadata, String protocol) {
        this.id = metadata.memberId();
        this.instanceId = metadata.groupInstanceId();
        this.clientId = metadata.clientId();
        this.clientHost = metadata.clientHost();
        this.rebalanceTimeoutMs = metadata.rebalanceTimeoutMs();
        this.sessionTimeoutMs = metadata.sessionTimeoutMs();
        this.assignment = metadata.assignment();
        this.protocols = List.of(new Protocol(protocol, metadata.subscription()));
    }

    String id() {
        return id;
    }

    boolean isStatic() {
        return instanceId != null;
    }

    List<Protocol> protocols() {
        return protocols;
    }

    void protocols(List<Protocol> now) {
        protocols = now;
    }

    static List<Protocol> protocolsOf(JoinGroupRequestData request) {
        List<Protocol> protocols = new ArrayList<>(request.protocols().size());
        for (JoinGroupRequestProtocol protocol : request.protocols()) {
            protocols.add(new Protocol(protocol.name(), protocol.metadata()));
        }
        return protocols;
    }

    void takeTimeouts(JoinGroupRequestData request) {
        sessionTimeoutMs = request.sessionTimeoutMs();
        // Version 0 of the request has no rebalance timeout.
        rebalanceTimeoutMs = request.rebalanceTimeoutMs() < 0 ? sessionTimeoutMs : request.rebalanceTimeoutMs();
    }

    /** What it says under a protocol; nothing if it does not know it. */
    byte[] metadata(String protocol) {
        for (Protocol known : protocols) {
            if (known.name().equals(protocol)) {
                return known.metadata();
            }
        }
        return NOTHING;
    }

    /** Whether a join says nothing new. */
    boolean saidTheSame(List<Protocol> again) {
        if (again.size() != protocols.size()) {
            return false;
        }
        for (int i = 0; i < again.size(); i++) {
            if (!again.get(i).name().equals(protocols.get(i).name())
                    || !Arrays.equals(again.get(i).metadata(), protocols.get(i).metadata())) {
                return false;
            }
        }
        return true;
    }

    /** A new process took the static member's place: the one before is told so. */
    void rename(String newId) {
        failWaiting(Errors.FENCED_INSTANCE_ID);
        id = newId;
    }

    boolean awaitsJoin() {
        return join != null;
    }

    boolean awaitsSync() {
        return sync != null;
    }

    /** The join waits; one that waited before (a client that reconnected) is sent back to ask again. */
    void awaitJoin(Reply<JoinGroupResponseData> reply) {
        if (join != null) {
            join.fail(Errors.REBALANCE_IN_PROGRESS);
        }
        join = reply;
    }

    void awaitSync(Reply<SyncGroupResponseData> reply) {
        if (sync != null) {
            sync.fail(Errors.REBALANCE_IN_PROGRESS);
        }
        sync = reply;
    }

    /** The join that waits, which from now on no longer does; null if none. */
    Reply<JoinGroupResponseData> takeJoin() {
        Reply<JoinGroupResponseData> taken = join;
        join = null;
        return taken;
    }

    /** The sync that waits, which from now on no longer does; null if none. */
    Reply<SyncGroupResponseData> takeSync() {
        Reply<SyncGroupResponseData> taken = sync;
        sync = null;
        return taken;
    }

    void failWaiting(Errors error) {
        if (join != null) {
            takeJoin().fail(error);
        }
        if (sync != null) {
            takeSync().fail(error);
        }
    }

    void stopWatching() {
        if (session != null) {
            session.cancel();
            session = null;
        }
    }

    MemberMetadata toMetadata(String protocol, byte[] given) {
        return new MemberMetadata(
                id, instanceId, clientId, clientHost, rebalanceTimeoutMs, sessionTimeoutMs, metadata(protocol), given);
    }
}
