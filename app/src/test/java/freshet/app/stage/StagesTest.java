package freshet.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {

    private final List<String> events = new ArrayList<>();
    private final Stages stages = new Stages();

    @Test
    void stopsTheLastStartedFirst() throws Exception {
        stages.start(new Recorded("broker", Health.READY));
        stages.start(new Recorded("trends", Health.READY));
        events.clear();

        stages.close();

        assertThat(events).containsExactly("close trends", "close broker");
    }

    @Test
    void stageWhoseStartFailedIsClosedToo() {
        assertThatThrownBy(() -> stages.start(new Recorded("broker", Health.READY) {
                    @Override
                    public void start() {
                        throw new IllegalStateException("port 9092 is in use");
                    }
                }))
                .hasMessage("port 9092 is in use");

        stages.close();

        assertThat(events).containsExactly("close broker");
    }

    @Test
    void closingOneThatThrowsStillClosesTheOthers() throws Exception {
        stages.start(new Recorded("broker", Health.READY));
        stages.start(new Recorded("trends", Health.READY) {
            @Override
            public void close() {
                throw new IllegalStateException("stuck");
            }
        });
        events.clear();

        stages.close();

        assertThat(events).containsExactly("close broker");
    }

    @Test
    void runEndsWithWhatTheFailedStageSays() throws Exception {
        stages.start(new Recorded("ingest", Health.failed("the disk is full")));

        assertThatThrownBy(stages::runToEnd).hasMessage("ingest: the disk is full");
    }

    @Test
    void runEndsWithZeroWhenSomeoneStopsIt() throws Exception {
        stages.start(new Recorded("ingest", Health.READY));
        stages.close();

        assertThat(stages.runToEnd()).isZero();
    }

    @Test
    void nothingStartsAfterAStop() {
        stages.close();

        assertThatThrownBy(() -> stages.start(new Recorded("broker", Health.READY)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(events).isEmpty();
    }

    /** Notes what happens to it. */
    private class Recorded implements Stage {
        private final String name;
        private final Health health;

        Recorded(String name, Health health) {
            this.name = name;
            this.health = health;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() throws Exception {
            events.add("start " + name);
        }

        @Override
        public Health health() {
            return health;
        }

        @Override
        public void close() {
            events.add("close " + name);
        }
    }
}
