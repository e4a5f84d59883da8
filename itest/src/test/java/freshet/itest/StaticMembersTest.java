package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.itest.fixture.Freshet;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of the job go on in the place of one that was killed, and hand over at once when they are ended. */
class StaticMembersTest {

    private static final String GROUP = "freshet.members.extract";
    private static final int PARTITIONS = 6;

    @TempDir
    Path dir;

    private Freshet broker;
    private Admin admin;
    private int started;

    @BeforeEach
    void start() {
        broker = Freshet.broker(dir, 0);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @Test
    void whoComesAfterAKilledOneTakesItsPlaceAndWhoEndsLeavesIt() throws Exception {
        try (Freshet first = job();
                Freshet second = job()) {
            Map<String, String> before = awaitMembers(2);
            second.process().kill();
            try (Freshet third = job()) {
                Awaitility.await("the third in the second's place")
                        .atMost(60, TimeUnit.SECONDS)
                        .until(() -> {
                            Map<String, String> now = members();
                            return now.keySet().equals(before.keySet()) && !now.equals(before);
                        });
                third.process().terminate();
                third.process().exitCode(30);
                // Had it not said that it leaves, it would stand there for its session's six seconds.
                assertThat(members()).hasSize(1);
                assertThat(before).containsAllEntriesOf(awaitMembers(1));
            }
        }
    }

    private Freshet job() {
        return Freshet.start(
                dir,
                "trends-" + started++,
                "trends",
                "--stream",
                "members",
                "--bootstrap-server",
                broker.bootstrapServers());
    }

    /** Waits until so many share all partitions. */
    private Map<String, String> awaitMembers(int count) {
        return Awaitility.await(count + " members")
                .atMost(60, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(
                        () -> assigned() == PARTITIONS ? members() : Map.<String, String>of(),
                        members -> members.size() == count);
    }

    /** The group's member ids, of which each process gets its own, by names. */
    private Map<String, String> members() throws Exception {
        Map<String, String> members = new TreeMap<>();
        for (MemberDescription member : described()) {
            members.put(member.groupInstanceId().orElseThrow(), member.consumerId());
        }
        return members;
    }

    private int assigned() throws Exception {
        return described().stream()
                .mapToInt(member -> member.assignment().topicPartitions().size())
                .sum();
    }

    private Collection<MemberDescription> described() throws Exception {
        return admin.describeConsumerGroups(List.of(GROUP))
                .describedGroups()
                .get(GROUP)
                .get(10, TimeUnit.SECONDS)
                .members();
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }
}
