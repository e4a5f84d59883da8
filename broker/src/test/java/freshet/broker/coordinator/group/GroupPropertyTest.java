package freshet.broker.coordinator.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/** Clients that do anything at any time, against one group; what must hold is checked after every step. */
class GroupPropertyTest {
    private static final int PARTITIONS = 4;
    private static final int CLIENTS = 4;
    private static final int STEPS = 120;

    /** One client as it sees itself. */
    private static final class Client {
        final String instanceId;
        String memberId = "";
        int generation = -1;
        boolean leads;
        List<String> members = List.of();
        CompletableFuture<JoinGroupResponseData> join;
        CompletableFuture<SyncGroupResponseData> sync;

        Client(String instanceId) {
            this.instanceId = instanceId;
        }

        void forget() {
            memberId = "";
            generation = -1;
            leads = false;
            join = null;
            sync = null;
        }
    }

    private final List<Client> clients = new ArrayList<>();
    private final Map<Integer, Map<String, List<Integer>>> assignments = new HashMap<>();
    private GroupBench bench;
    private long committed;

    @Property(tries = 60)
    void whateverHappensTheGroupStaysWhole(@ForAll long seed) {
        Random random = new Random(seed);
        bench = new GroupBench();
        clients.clear();
        assignments.clear();
        committed = -1;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(i == 0 ? "static" : null));
        }
        for (int i = 0; i < STEPS; i++) {
            act(random);
            check();
        }
        // Nothing that waits may be lost: time alone answers everybody.
        bench.loop.advance(10 * GroupBench.REBALANCE_MS);
        clients.forEach(client -> {
            assertThat(client.join == null || client.join.isDone()).isTrue();
            assertThat(client.sync == null || client.sync.isDone()).isTrue();
        });
        check();
    }

    private void act(Random random) {
        Client client = clients.get(random.nextInt(CLIENTS));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> join(client);
            case 3, 4, 5 -> sync(client);
            case 6 -> heartbeat(client);
            case 7 -> commit(client, random.nextInt(1000));
            case 8 -> bench.loop.advance(random.nextInt(GroupBench.SESSION_MS));
            case 9 -> bench.loop.advance(GroupBench.DELAY_MS);
            case 10 -> {
                if (random.nextInt(3) == 0) {
                    bench.leave(client.memberId);
                    client.forget();
                } else {
                    clients.forEach(this::heartbeat);
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    bench.crash();
                } else {
                    client.forget();
                }
            }
        }
        clients.forEach(this::hear);
    }

    private void join(Client client) {
        if (client.join != null && !client.join.isDone()) {
            return;
        }
        client.sync = null;
        client.join = bench.join(GroupBench.joinRequest(client.memberId, client.instanceId), GroupBench.NEWEST);
    }

    private void sync(Client client) {
        if (client.generation < 0 || (client.sync != null && !client.sync.isDone())) {
            return;
        }
        List<SyncGroupRequestAssignment> given = new ArrayList<>();
        if (client.leads) {
            for (int p = 0; p < client.members.size(); p++) {
                StringBuilder share = new StringBuilder();
                for (int q = p; q < PARTITIONS; q += client.members.size()) {
                    share.append(q);
                }
                given.add(new SyncGroupRequestAssignment()
                        .setMemberId(client.members.get(p))
                        .setAssignment(GroupBench.bytes(share.toString())));
            }
        }
        client.sync = bench.sync(client.memberId, client.generation, given);
    }

    private void heartbeat(Client client) {
        if (client.generation >= 0) {
            Errors error = bench.heartbeat(client.memberId, client.instanceId, client.generation);
            if (error == Errors.UNKNOWN_MEMBER_ID || error == Errors.FENCED_INSTANCE_ID) {
                client.forget();
            }
        }
    }

    private void commit(Client client, long offset) {
        if (client.generation >= 0 && bench.commit(client.memberId, client.generation, offset) == Errors.NONE) {
            committed = offset;
        }
    }

    /** Takes in the answers that have come. */
    private void hear(Client client) {
        if (client.join != null && client.join.isDone()) {
            JoinGroupResponseData joined = client.join.join();
            client.join = null;
            switch (Errors.forCode(joined.errorCode())) {
                case NONE -> {
                    client.memberId = joined.memberId();
                    client.generation = joined.generationId();
                    client.leads = joined.leader().equals(joined.memberId()) && !joined.skipAssignment();
                    client.members = joined.members().stream()
                            .map(JoinGroupResponseData.JoinGroupResponseMember::memberId)
                            .toList();
                }
                case MEMBER_ID_REQUIRED -> client.memberId = joined.memberId();
                case UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID -> client.forget();
                default -> client.generation = -1;
            }
        }
        if (client.sync != null && client.sync.isDone()) {
            SyncGroupResponseData synced = client.sync.join();
            client.sync = null;
            if (synced.errorCode() == Errors.NONE.code()) {
                List<Integer> share = new ArrayList<>();
                for (byte b : synced.assignment()) {
                    share.add(b - '0');
                }
                String who = client.instanceId == null ? client.memberId : client.instanceId;
                List<Integer> before = assignments
                        .computeIfAbsent(client.generation, ignored -> new HashMap<>())
                        .putIfAbsent(who, share);
                assertThat(before == null || before.equals(share))
                        .as("one assignment to a member in a generation")
                        .isTrue();
            }
        }
    }

    private void check() {
        assignments.forEach((generation, shares) -> {
            List<Integer> all = shares.values().stream().flatMap(List::stream).toList();
            assertThat(all).as("partitions of generation %d", generation).doesNotHaveDuplicates();
        });
        Group live = bench.machine().groups().get(GroupBench.GROUP);
        Group replayed = bench.replayed().groups().get(GroupBench.GROUP);
        if (live == null) {
            assertThat(replayed).isNull();
            return;
        }
        if (replayed == null) {
            assertThat(live.logged()).isNull();
            assertThat(live.offsets.isEmpty()).isTrue();
        } else {
            assertThat(replayed.logged()).isEqualTo(live.logged());
            assertThat(replayed.offsets).isEqualTo(live.offsets);
        }
        if (live.is(GroupState.STABLE)) {
            assertThat(replayed.generation).isEqualTo(live.generation);
            assertThat(replayed.leader).isEqualTo(live.leader);
            assertThat(replayed.members().stream().map(Member::id))
                    .containsExactlyInAnyOrderElementsOf(
                            live.members().stream().map(Member::id).toList());
            assertThat(live.member(live.leader)).isNotNull();
        }
        if (live.is(GroupState.EMPTY)) {
            assertThat(live.members()).isEmpty();
        }
        if (committed >= 0) {
            assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(committed);
        }
    }
}
