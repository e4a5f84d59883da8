package freshet.broker.coordinator.group;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Reply;
import freshet.broker.coordinator.StateMachine;
import freshet.broker.coordinator.Timers;
import java.util.function.Supplier;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/** The groups of one partition of the offsets topic: hands each request to the class that answers its kind. */
final class GroupMachine implements StateMachine<GroupRecord> {
    private final Groups groups = new Groups();
    private final Timers<GroupRecord> timers;
    private final Rebalance rebalance;
    private final Joining joining;
    private final Syncing syncing;
    private final Heartbeats heartbeats;
    private final Leaving leaving;
    private final OffsetCommits commits;
    private final OffsetFetches fetches;
    private final Descriptions descriptions;
    private final Deletions deletions;
    private final Retention retention;

    GroupMachine(GroupConfig config, Timers<GroupRecord> timers, TopicIds topicIds, Supplier<String> randomIds) {
        this.timers = timers;
        rebalance = new Rebalance(config, timers, groups);
        joining = new Joining(config, groups, rebalance, randomIds);
        syncing = new Syncing(timers, groups, rebalance);
        heartbeats = new Heartbeats(groups, rebalance.sessions());
        leaving = new Leaving(groups, rebalance);
        commits = new OffsetCommits(config, timers, groups, rebalance.sessions());
        fetches = new OffsetFetches(groups, topicIds);
        descriptions = new Descriptions(groups);
        deletions = new Deletions(groups);
        retention = new Retention(config, timers, groups);
    }

    @Override
    public void replay(GroupRecord record) {
        groups.replay(record);
    }

    /** Members have not been heard of while there was no coordinator: their sessions start anew. */
    @Override
    public void loaded() {
        for (Group group : groups.all()) {
            group.members().forEach(member -> rebalance.sessions().restart(group, member));
        }
        retention.start();
    }

    @Override
    public void unloaded(Errors error) {
        groups.all().forEach(group -> rebalance.end(group, error));
    }

    void join(
            JoinGroupRequestData request,
            Caller caller,
            Reply<JoinGroupResponseData> reply,
            Decision<GroupRecord> decision) {
        joining.join(request, caller, reply, decision);
    }

    void sync(SyncGroupRequestData request, Reply<SyncGroupResponseData> reply, Decision<GroupRecord> decision) {
        syncing.sync(request, reply, decision);
    }

    void heartbeat(HeartbeatRequestData request, Reply<Errors> reply, Decision<GroupRecord> decision) {
        decision.answer(reply, heartbeats.heartbeat(request));
    }

    void leave(LeaveGroupRequestData request, Reply<LeaveGroupResponseData> reply, Decision<GroupRecord> decision) {
        leaving.leave(request, reply, decision);
    }

    void commit(
            OffsetCommitRequestData request, Reply<OffsetCommitResponseData> reply, Decision<GroupRecord> decision) {
        commits.commit(request, reply, decision);
    }

    void fetch(OffsetFetchRequestGroup request, Reply<OffsetFetchResponseGroup> reply, Decision<GroupRecord> decision) {
        decision.answer(reply, fetches.fetch(request));
    }

    void list(ListGroupsRequestData request, Reply<ListGroupsResponseData> reply, Decision<GroupRecord> decision) {
        decision.answer(reply, new ListGroupsResponseData().setGroups(descriptions.list(request)));
    }

    void describe(String groupId, short apiVersion, Reply<DescribedGroup> reply, Decision<GroupRecord> decision) {
        decision.answer(reply, descriptions.describe(groupId, apiVersion));
    }

    void deleteGroup(String groupId, Reply<Errors> reply, Decision<GroupRecord> decision) {
        deletions.deleteGroup(groupId, reply, decision);
    }

    void deleteOffsets(
            OffsetDeleteRequestData request, Reply<OffsetDeleteResponseData> reply, Decision<GroupRecord> decision) {
        deletions.deleteOffsets(request, reply, decision);
    }

    /** One step for each group, so that no batch grows beyond what it may. */
    void forgetTopic(String topic) {
        groups.all().forEach(group -> timers.schedule(0, step -> deletions.forget(group, topic, step)));
    }

    /** For tests: what replay has made. */
    Groups groups() {
        return groups;
    }
}
