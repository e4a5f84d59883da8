package freshet.broker.coordinator.group;

import freshet.broker.coordinator.Loop;
import freshet.broker.coordinator.group.Member.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.protocol.Errors;

/**
 * One group: its members of now, and what the log says about it.
 *
 * <p>{@link #logged} and {@link #offsets} change by replay alone. The rest is the rebalance of now, which a restart
 * ends; replaying a generation brings it in line with the log.
 */
final class Group {
    final String id;
    final Offsets offsets = new Offsets();

    GroupState state = GroupState.EMPTY;
    int generation;

    /** Null until somebody joins. */
    String protocolType;

    /** Null unless a generation has been formed. */
    String protocol;

    /** Null while the group has no members. */
    String leader;

    /** Fires when the rebalance must go on without those who have not joined, or have not synced; null if none. */
    Loop.Timer rebalanceTimer;

    /** True while the first members of an empty group are awaited, however many are there. */
    boolean gathering;

    /** Whether somebody came since the gathering was last prolonged. */
    boolean someoneCame;

    /** Ids that were given away and not yet used, with the timers that take them back (KIP-394). */
    final Map<String, Loop.Timer> promised = new HashMap<>();

    /** Members of the new generation that have not asked for their assignment yet. */
    final Set<String> notSynced = new LinkedHashSet<>();

    /** The generation in the log; null if there is none. */
    private GroupMetadata logged;

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Member> byInstance = new HashMap<>();
    private final Map<String, Integer> knownBy = new HashMap<>();

    Group(String id) {
        this.id = id;
    }

    /** The generation in the log; null if there is none. */
    GroupMetadata logged() {
        return logged;
    }

    boolean is(GroupState... any) {
        for (GroupState one : any) {
            if (state == one) {
                return true;
            }
        }
        return false;
    }

    Collection<Member> members() {
        return members.values();
    }

    /** Null if there is no such member. */
    Member member(String memberId) {
        return members.get(memberId);
    }

    /** Null if nobody has that instance id. */
    Member instance(String instanceId) {
        return instanceId == null ? null : byInstance.get(instanceId);
    }

    /** Whether the member is who it says; {@code instanceId} may be null. */
    Errors check(String memberId, String instanceId) {
        if (instanceId != null) {
            Member holder = byInstance.get(instanceId);
            if (holder == null) {
                return Errors.UNKNOWN_MEMBER_ID;
            }
            return holder.id().equals(memberId) ? Errors.NONE : Errors.FENCED_INSTANCE_ID;
        }
        return members.containsKey(memberId) ? Errors.NONE : Errors.UNKNOWN_MEMBER_ID;
    }

    void add(Member member) {
        members.put(member.id(), member);
        if (member.isStatic()) {
            byInstance.put(member.instanceId, member);
        }
        count(member.protocols(), 1);
        if (leader == null) {
            leader = member.id();
        }
    }

    /** Forgets the member; what of it still waits gets {@code error}. */
    void remove(Member member, Errors error) {
        members.remove(member.id());
        byInstance.remove(member.instanceId, member);
        notSynced.remove(member.id());
        count(member.protocols(), -1);
        member.stopWatching();
        member.failWaiting(error);
        if (member.id().equals(leader)) {
            leader = members.isEmpty() ? null : members.keySet().iterator().next();
        }
    }

    void protocols(Member member, List<Protocol> now) {
        count(member.protocols(), -1);
        member.protocols(now);
        count(now, 1);
    }

    /** The static member goes on under a new id; the process that had the old one is fenced. */
    void rename(Member member, String newId) {
        String oldId = member.id();
        members.remove(oldId);
        if (notSynced.remove(oldId)) {
            notSynced.add(newId);
        }
        member.rename(newId);
        members.put(newId, member);
        if (oldId.equals(leader)) {
            leader = newId;
        }
    }

    private void count(List<Protocol> protocols, int change) {
        for (Protocol known : protocols) {
            knownBy.merge(known.name(), change, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    /** Whether a member that knows these protocols could join without leaving the group without a common one. */
    boolean accepts(String type, List<Protocol> protocols) {
        if (members.isEmpty()) {
            return true;
        }
        return type.equals(protocolType) && protocols.stream().anyMatch(known -> knownByAll(known.name()));
    }

    private boolean knownByAll(String name) {
        return knownBy.getOrDefault(name, 0) == members.size();
    }

    /** Each member votes for the first of its protocols that all know; the most votes win. Null without members. */
    String electProtocol() {
        Map<String, Integer> votes = new LinkedHashMap<>();
        for (Member member : members.values()) {
            for (Protocol known : member.protocols()) {
                if (knownByAll(known.name())) {
                    votes.merge(known.name(), 1, Integer::sum);
                    break;
                }
            }
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    boolean allJoined() {
        return promised.isEmpty() && members.values().stream().allMatch(Member::awaitsJoin);
    }

    /** A leader must be among those who joined; false if nobody did. */
    boolean electLeader() {
        Member current = members.get(leader);
        if (current != null && current.awaitsJoin()) {
            return true;
        }
        for (Member member : members.values()) {
            if (member.awaitsJoin()) {
                leader = member.id();
                return true;
            }
        }
        return false;
    }

    /** The longest that a member wants to be waited for. */
    int rebalanceTimeoutMs() {
        return members.values().stream()
                .mapToInt(member -> member.rebalanceTimeoutMs)
                .max()
                .orElse(0);
    }

    void cancelRebalanceTimer() {
        if (rebalanceTimer != null) {
            rebalanceTimer.cancel();
            rebalanceTimer = null;
        }
    }

    /** Nothing but an empty shell, which may be forgotten without a trace. */
    boolean isVoid() {
        return logged == null && members.isEmpty() && promised.isEmpty() && offsets.isEmpty();
    }

    /** The generation of now, as it will stand in the log; {@code given} has the assignments by member. */
    GroupMetadata toMetadata(Map<String, byte[]> given, long wallClockMs) {
        List<GroupMetadata.MemberMetadata> all = new ArrayList<>(members.size());
        for (Member member : members.values()) {
            all.add(member.toMetadata(protocol, given.getOrDefault(member.id(), Member.NOTHING)));
        }
        return new GroupMetadata(
                protocolType == null ? "" : protocolType, generation, protocol, leader, wallClockMs, all);
    }

    /** Takes over a generation from the log; null: the membership has ended. */
    void replay(GroupMetadata metadata) {
        logged = metadata;
        if (metadata == null) {
            List.copyOf(members.values()).forEach(member -> remove(member, Errors.UNKNOWN_MEMBER_ID));
            state = GroupState.EMPTY;
            return;
        }
        Map<String, Member> gone = new LinkedHashMap<>(members);
        for (GroupMetadata.MemberMetadata each : metadata.members()) {
            gone.remove(replay(each, metadata.protocol(), gone).id());
        }
        gone.values().forEach(member -> remove(member, Errors.UNKNOWN_MEMBER_ID));
        protocolType = metadata.protocolType().isEmpty() ? null : metadata.protocolType();
        generation = metadata.generation();
        protocol = metadata.protocol();
        leader = metadata.leader();
        state = members.isEmpty() ? GroupState.EMPTY : GroupState.STABLE;
    }

    private Member replay(GroupMetadata.MemberMetadata metadata, String protocol, Map<String, Member> gone) {
        Member member = members.get(metadata.memberId());
        if (member == null) {
            member = instance(metadata.groupInstanceId());
            if (member == null) {
                member = new Member(metadata, protocol);
                add(member);
            } else {
                gone.remove(member.id());
                rename(member, metadata.memberId());
            }
        }
        member.rebalanceTimeoutMs = metadata.rebalanceTimeoutMs();
        member.sessionTimeoutMs = metadata.sessionTimeoutMs();
        member.assignment = metadata.assignment();
        return member;
    }
}
