package freshet.broker.coordinator.group;

import freshet.broker.coordinator.group.GroupRecord.GenerationRecord;
import freshet.broker.coordinator.group.GroupRecord.OffsetRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The groups of one partition. */
final class Groups {
    /** More would not fit into a record's key. */
    private static final int NAME_CHARS = 10_000;

    private final Map<String, Group> byId = new HashMap<>();

    static boolean isName(String id) {
        return !id.isEmpty() && id.length() <= NAME_CHARS;
    }

    /** Null if there is none. */
    Group get(String id) {
        return byId.get(id);
    }

    Group getOrCreate(String id) {
        return byId.computeIfAbsent(id, Group::new);
    }

    /** A copy: groups may go while it is walked through. */
    Collection<Group> all() {
        return List.copyOf(byId.values());
    }

    void replay(GroupRecord record) {
        Group group = getOrCreate(record.group());
        if (record instanceof OffsetRecord offset) {
            group.offsets.replay(offset.topic(), offset.partition(), offset.value());
        } else if (record instanceof GenerationRecord generation) {
            group.replay(generation.value());
        }
        forgetIfVoid(group);
    }

    void forgetIfVoid(Group group) {
        if (group.isVoid()) {
            group.cancelRebalanceTimer();
            group.state = GroupState.DEAD;
            byId.remove(group.id, group);
        }
    }
}
