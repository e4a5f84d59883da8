package freshet.broker.handlers;

import freshet.broker.coordinator.group.GroupCoordinator;
import freshet.broker.coordinator.group.GroupService;
import freshet.broker.metadata.MetadataStore;
import java.util.List;

/** The handlers of all APIs about groups and committed offsets. */
public final class GroupHandlers {
    private GroupHandlers() {}

    /** One of each. */
    public static List<RequestHandler<?>> of(GroupService groups, MetadataStore metadata) {
        GroupCoordinator coordinator = groups.coordinator();
        return List.of(
                new FindCoordinatorHandler(groups),
                new JoinGroupHandler(coordinator),
                new SyncGroupHandler(coordinator),
                new HeartbeatHandler(coordinator),
                new LeaveGroupHandler(coordinator),
                new OffsetCommitHandler(metadata, coordinator),
                new OffsetFetchHandler(metadata, coordinator),
                new ListGroupsHandler(coordinator),
                new DescribeGroupsHandler(coordinator),
                new DeleteGroupsHandler(coordinator),
                new OffsetDeleteHandler(coordinator));
    }
}
