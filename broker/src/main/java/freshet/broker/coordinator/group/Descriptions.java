package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.STABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroupMember;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.protocol.Errors;

/** Answers ListGroups and DescribeGroups. */
final class Descriptions {
    /** As against groups of the newer protocols, of which there are none here. */
    private static final String TYPE = "classic";

    /** From this version on a group that is not there is an error. */
    private static final short NOT_FOUND = 6;

    private final Groups groups;

    Descriptions(Groups groups) {
        this.groups = groups;
    }

    /** Filters that are empty let all pass. */
    List<ListedGroup> list(ListGroupsRequestData request) {
        Set<String> states = lowerCase(request.statesFilter());
        Set<String> types = lowerCase(request.typesFilter());
        List<ListedGroup> listed = new ArrayList<>();
        for (Group group : groups.all()) {
            String state = group.state.protocolName();
            boolean wanted = (states.isEmpty() || states.contains(state.toLowerCase(Locale.ROOT)))
                    && (types.isEmpty() || types.contains(TYPE));
            if (wanted) {
                listed.add(new ListedGroup()
                        .setGroupId(group.id)
                        .setProtocolType(orEmpty(group.protocolType))
                        .setGroupState(state)
                        .setGroupType(TYPE));
            }
        }
        return listed;
    }

    private static Set<String> lowerCase(List<String> filter) {
        return filter.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    DescribedGroup describe(String groupId, short apiVersion) {
        Group group = groups.get(groupId);
        if (group == null) {
            return notFound(groupId, apiVersion);
        }
        List<DescribedGroupMember> members = new ArrayList<>(group.members().size());
        for (Member member : group.members()) {
            members.add(describe(group, member));
        }
        return new DescribedGroup()
                .setGroupId(groupId)
                .setGroupState(group.state.protocolName())
                .setProtocolType(orEmpty(group.protocolType))
                .setProtocolData(group.is(STABLE) ? orEmpty(group.protocol) : "")
                .setMembers(members);
    }

    private static DescribedGroupMember describe(Group group, Member member) {
        DescribedGroupMember described = new DescribedGroupMember()
                .setMemberId(member.id())
                .setGroupInstanceId(member.instanceId)
                .setClientId(member.clientId)
                .setClientHost(member.clientHost);
        return group.is(STABLE)
                ? described.setMemberMetadata(member.metadata(group.protocol)).setMemberAssignment(member.assignment)
                : described;
    }

    private static DescribedGroup notFound(String groupId, short apiVersion) {
        DescribedGroup described =
                new DescribedGroup().setGroupId(groupId).setGroupState(GroupState.DEAD.protocolName());
        return apiVersion >= NOT_FOUND
                ? described
                        .setErrorCode(Errors.GROUP_ID_NOT_FOUND.code())
                        .setErrorMessage("Group " + groupId + " not found.")
                : described;
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
