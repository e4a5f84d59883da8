package freshet.broker.coordinator.group;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Timers;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up members that show no sign of life. A heartbeat only moves a deadline; the one timer a member has looks at it
 * when it fires, so that heartbeats cost no timer.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** As in Kafka: how long a member's first join may wait, whatever its session timeout. */
    private static final int NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60 * 1000;

    private final Timers<GroupRecord> timers;
    private final Rebalance rebalance;

    Sessions(Timers<GroupRecord> timers, Rebalance rebalance) {
        this.timers = timers;
        this.rebalance = rebalance;
    }

    /** A new member's first join waits: it sends no heartbeats yet. */
    void begin(Group group, Member member) {
        watch(group, member, NEW_MEMBER_JOIN_TIMEOUT_MS);
    }

    /** The member is in a generation, or was loaded with one. */
    void restart(Group group, Member member) {
        member.isNew = false;
        watch(group, member, member.sessionTimeoutMs);
    }

    /** The member has shown that it lives. */
    void touch(Member member) {
        member.deadlineMs = timers.elapsedMs() + member.sessionTimeoutMs;
    }

    private void watch(Group group, Member member, long timeoutMs) {
        long deadline = timers.elapsedMs() + timeoutMs;
        // A timer that fires before a deadline looks again; one that would fire after it is of no use.
        if (member.session == null || deadline < member.deadlineMs) {
            member.stopWatching();
            member.session = timers.schedule(timeoutMs, decision -> look(group, member, decision));
        }
        member.deadlineMs = deadline;
    }

    private void look(Group group, Member member, Decision<GroupRecord> decision) {
        member.session = null;
        if (group.member(member.id()) != member) {
            return;
        }
        long left = member.deadlineMs - timers.elapsedMs();
        boolean waitsForUs = !member.isNew && (member.awaitsJoin() || member.awaitsSync());
        if (left > 0 || waitsForUs) {
            long again = left > 0 ? left : member.sessionTimeoutMs;
            member.session = timers.schedule(again, next -> look(group, member, next));
            return;
        }
        LOG.info(
                "Group {}: member {} has not been heard of for {} ms and is given up.",
                group.id,
                member.id(),
                member.isNew ? NEW_MEMBER_JOIN_TIMEOUT_MS : member.sessionTimeoutMs);
        rebalance.removed(group, member, Errors.UNKNOWN_MEMBER_ID, "a member fell silent", decision);
    }

    /** Gives a client an id; if no join comes with it within the session timeout, it is taken back. */
    void promise(Group group, String memberId, int sessionTimeoutMs) {
        group.promised.put(memberId, timers.schedule(sessionTimeoutMs, decision -> {
            if (group.promised.remove(memberId) != null) {
                rebalance.promiseBroken(group, decision);
            }
        }));
    }
}
