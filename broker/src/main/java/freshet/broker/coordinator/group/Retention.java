package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.EMPTY;
import static freshet.broker.coordinator.group.GroupState.STABLE;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Timers;
import freshet.broker.coordinator.group.GroupRecord.GenerationRecord;
import freshet.broker.coordinator.group.GroupRecord.OffsetRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets offsets that nobody has use for (KIP-211): those of an empty group when it has been empty, and the offset not
 * committed, for the retention time; of a stable group, those of topics that it is no longer subscribed to. An empty
 * group goes with its last offset.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final GroupConfig config;
    private final Timers<GroupRecord> timers;
    private final Groups groups;

    Retention(GroupConfig config, Timers<GroupRecord> timers, Groups groups) {
        this.config = config;
        this.timers = timers;
        this.groups = groups;
    }

    void start() {
        timers.schedule(config.retentionCheckIntervalMs(), decision -> {
            // One step for each group, so that no batch grows beyond what a record batch may hold.
            groups.all().forEach(group -> timers.schedule(0, step -> expire(group, step)));
            start();
        });
    }

    private void expire(Group group, Decision<GroupRecord> decision) {
        if (groups.get(group.id) != group) {
            return;
        }
        Optional<Set<String>> inUse = group.is(EMPTY, STABLE) ? Subscriptions.of(group) : Optional.empty();
        if (inUse.isEmpty()) {
            return;
        }
        long now = timers.wallClockMs();
        int left = 0;
        int expired = 0;
        for (String topic : group.offsets.topics()) {
            for (Map.Entry<Integer, CommittedOffset> entry :
                    group.offsets.of(topic).entrySet()) {
                if (!inUse.get().contains(topic) && expiry(group, entry.getValue()) <= now) {
                    decision.append(new OffsetRecord(group.id, topic, entry.getKey(), null));
                    expired++;
                } else {
                    left++;
                }
            }
        }
        if (left == 0 && group.is(EMPTY) && group.promised.isEmpty()) {
            decision.append(new GenerationRecord(group.id, null));
            LOG.info("Group {} is forgotten, with its last {} offsets.", group.id, expired);
        } else if (expired > 0) {
            LOG.info("Group {}: {} offsets have expired.", group.id, expired);
        }
    }

    private long expiry(Group group, CommittedOffset offset) {
        if (offset.expireTimestamp() >= 0) {
            return offset.expireTimestamp();
        }
        boolean emptySince = group.is(EMPTY) && group.logged() != null;
        long since = emptySince
                ? Math.max(group.logged().stateTimestamp(), offset.commitTimestamp())
                : offset.commitTimestamp();
        return since + config.offsetsRetentionMs();
    }
}
