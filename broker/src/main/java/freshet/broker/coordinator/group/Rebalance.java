package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.COMPLETING_REBALANCE;
import static freshet.broker.coordinator.group.GroupState.DEAD;
import static freshet.broker.coordinator.group.GroupState.EMPTY;
import static freshet.broker.coordinator.group.GroupState.PREPARING_REBALANCE;
import static freshet.broker.coordinator.group.GroupState.STABLE;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Reply;
import freshet.broker.coordinator.Timers;
import freshet.broker.coordinator.group.GroupRecord.GenerationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a group from one generation to the next: waits for joins, forms the generation, waits for syncs. */
final class Rebalance {
    private static final Logger LOG = LoggerFactory.getLogger(Rebalance.class);

    /** How often to look again at the least while nobody is there, whatever timeout members have asked for. */
    private static final int AWAY_MS = 1_000;

    private final GroupConfig config;
    private final Timers<GroupRecord> timers;
    private final Groups groups;
    private final Sessions sessions;

    Rebalance(GroupConfig config, Timers<GroupRecord> timers, Groups groups) {
        this.config = config;
        this.timers = timers;
        this.groups = groups;
        this.sessions = new Sessions(timers, this);
    }

    Sessions sessions() {
        return sessions;
    }

    /** Somebody has joined or said something new: the group must agree again, or may be complete now. */
    void needed(Group group, String why, Decision<GroupRecord> decision) {
        if (group.is(EMPTY, STABLE, COMPLETING_REBALANCE)) {
            prepare(group, why, decision);
        } else {
            completeIfAllJoined(group, decision);
        }
    }

    /** Forgets a member and lets the others agree without it. */
    void removed(Group group, Member member, Errors toldToIt, String why, Decision<GroupRecord> decision) {
        group.remove(member, toldToIt);
        if (group.is(STABLE, COMPLETING_REBALANCE)) {
            prepare(group, why, decision);
        } else if (group.is(PREPARING_REBALANCE)) {
            completeIfAllJoined(group, decision);
        }
    }

    /** A client never came back with the id it was given. */
    void promiseBroken(Group group, Decision<GroupRecord> decision) {
        if (group.is(PREPARING_REBALANCE)) {
            completeIfAllJoined(group, decision);
        }
        groups.forgetIfVoid(group);
    }

    void prepare(Group group, String why, Decision<GroupRecord> decision) {
        boolean first = group.is(EMPTY);
        group.cancelRebalanceTimer();
        group.notSynced.clear();
        for (Member member : group.members()) {
            if (member.awaitsSync()) {
                decision.refuse(member.takeSync(), Errors.REBALANCE_IN_PROGRESS);
            }
        }
        group.state = PREPARING_REBALANCE;
        LOG.info("Group {} prepares to rebalance after generation {}: {}.", group.id, group.generation, why);
        if (first && config.initialRebalanceDelayMs() > 0) {
            group.gathering = true;
            gather(group, config.initialRebalanceDelayMs(), group.rebalanceTimeoutMs());
        } else {
            completeAtTheLatest(group, group.rebalanceTimeoutMs());
            completeIfAllJoined(group, decision);
        }
    }

    /**
     * Waits for the first members of an empty group, and again for as long as others keep coming, so that members that
     * start together share their first generation.
     */
    private void gather(Group group, int delayMs, int leftMs) {
        int wait = Math.min(delayMs, leftMs);
        group.someoneCame = false;
        group.rebalanceTimer = timers.schedule(wait, decision -> {
            if (group.is(PREPARING_REBALANCE)) {
                if (group.someoneCame && leftMs > wait) {
                    gather(group, delayMs, leftMs - wait);
                } else {
                    complete(group, decision);
                }
            }
        });
    }

    private void completeAtTheLatest(Group group, int afterMs) {
        group.rebalanceTimer = timers.schedule(afterMs, decision -> {
            if (group.is(PREPARING_REBALANCE)) {
                complete(group, decision);
            }
        });
    }

    private void completeIfAllJoined(Group group, Decision<GroupRecord> decision) {
        if (!group.gathering && group.is(PREPARING_REBALANCE) && group.allJoined()) {
            complete(group, decision);
        }
    }

    /** Forms the next generation of those who have joined; static members stay in it even while they are away. */
    private void complete(Group group, Decision<GroupRecord> decision) {
        group.cancelRebalanceTimer();
        group.gathering = false;
        for (Member member : List.copyOf(group.members())) {
            if (!member.awaitsJoin() && !member.isStatic()) {
                LOG.info("Group {}: member {} did not join in time and is left out.", group.id, member.id());
                group.remove(member, Errors.UNKNOWN_MEMBER_ID);
            }
        }
        if (!group.members().isEmpty() && !group.electLeader()) {
            // All are static and away: nobody could assign. Their sessions end this, or one of them does.
            completeAtTheLatest(group, Math.max(group.rebalanceTimeoutMs(), AWAY_MS));
            return;
        }
        group.generation++;
        if (group.members().isEmpty()) {
            empty(group, decision);
        } else {
            form(group, decision);
        }
    }

    private void empty(Group group, Decision<GroupRecord> decision) {
        LOG.info("Group {} is empty in generation {}.", group.id, group.generation);
        group.state = EMPTY;
        group.protocol = null;
        group.leader = null;
        decision.append(new GenerationRecord(group.id, group.toMetadata(Map.of(), timers.wallClockMs())));
    }

    private void form(Group group, Decision<GroupRecord> decision) {
        group.protocol = group.electProtocol();
        group.state = COMPLETING_REBALANCE;
        LOG.info(
                "Group {} forms generation {} of {} members, protocol {}, leader {}.",
                group.id,
                group.generation,
                group.members().size(),
                group.protocol,
                group.leader);
        for (Member member : group.members()) {
            Reply<JoinGroupResponseData> join = member.takeJoin();
            if (join != null) {
                decision.answer(join, joined(group, member));
                sessions.restart(group, member);
            }
            group.notSynced.add(member.id());
        }
        group.rebalanceTimer = timers.schedule(group.rebalanceTimeoutMs(), later -> giveUpNotSynced(group, later));
    }

    private void giveUpNotSynced(Group group, Decision<GroupRecord> decision) {
        group.rebalanceTimer = null;
        if (!group.is(COMPLETING_REBALANCE, STABLE) || group.notSynced.isEmpty()) {
            return;
        }
        for (String memberId : List.copyOf(group.notSynced)) {
            LOG.info("Group {}: member {} did not ask for its assignment in time.", group.id, memberId);
            group.remove(group.member(memberId), Errors.UNKNOWN_MEMBER_ID);
        }
        prepare(group, "not all members synced in time", decision);
    }

    /** The member has asked for its assignment, or shown otherwise that it has one. */
    void synced(Group group, Member member) {
        if (group.notSynced.remove(member.id())
                && group.notSynced.isEmpty()
                && group.is(COMPLETING_REBALANCE, STABLE)) {
            group.cancelRebalanceTimer();
        }
    }

    /** What a member is told that belongs to the generation; the leader is told all members. */
    JoinGroupResponseData joined(Group group, Member member) {
        boolean leads = member.id().equals(group.leader);
        return new JoinGroupResponseData()
                .setMemberId(member.id())
                .setGenerationId(group.generation)
                .setProtocolType(group.protocolType)
                .setProtocolName(group.protocol)
                .setLeader(group.leader)
                .setMembers(leads ? subscriptions(group) : List.of());
    }

    private static List<JoinGroupResponseMember> subscriptions(Group group) {
        List<JoinGroupResponseMember> all = new ArrayList<>(group.members().size());
        for (Member member : group.members()) {
            all.add(new JoinGroupResponseMember()
                    .setMemberId(member.id())
                    .setGroupInstanceId(member.instanceId)
                    .setMetadata(member.metadata(group.protocol)));
        }
        return all;
    }

    SyncGroupResponseData assigned(Group group, Member member) {
        return new SyncGroupResponseData()
                .setProtocolType(group.protocolType)
                .setProtocolName(group.protocol)
                .setAssignment(member.assignment);
    }

    /** Ends everything that waits: the group is being unloaded. */
    void end(Group group, Errors error) {
        group.cancelRebalanceTimer();
        group.promised.values().forEach(timer -> timer.cancel());
        for (Member member : group.members()) {
            member.stopWatching();
            member.failWaiting(error);
        }
        group.state = DEAD;
    }
}
