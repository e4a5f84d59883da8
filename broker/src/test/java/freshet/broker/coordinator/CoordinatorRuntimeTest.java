package freshet.broker.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class CoordinatorRuntimeTest {
    private final ManualLoop loop = new ManualLoop();
    private final List<Runnable> loads = new ArrayList<>();
    private final ListLog log = new ListLog();
    private final CoordinatorRuntime<Sum, Integer> runtime =
            new CoordinatorRuntime<>("sums", loop, loads::add, Sum::new);

    /** Adds up the numbers in its log. */
    private static final class Sum implements StateMachine<Integer> {
        private final Timers<Integer> timers;
        private int sum;
        private Errors end;

        Sum(Timers<Integer> timers) {
            this.timers = timers;
        }

        @Override
        public void replay(Integer number) {
            sum += number;
        }

        @Override
        public void loaded() {
            timers.schedule(1_000, decision -> decision.append(100));
        }

        @Override
        public void unloaded(Errors error) {
            end = error;
        }
    }

    private static final class ListLog implements PartitionLog<Integer> {
        private final List<Integer> records = new ArrayList<>();
        private RuntimeException failure;

        @Override
        public long append(List<Integer> batch) {
            if (failure != null) {
                throw failure;
            }
            records.addAll(batch);
            return records.size();
        }

        @Override
        public void replay(Consumer<Integer> consumer) {
            List.copyOf(records).forEach(consumer);
        }

        @Override
        public long highWatermark() {
            return records.size();
        }

        @Override
        public long endOffset() {
            return records.size();
        }

        @Override
        public void whenCommitted(long offset, Runnable listener) {
            listener.run();
        }
    }

    private void lead() {
        runtime.lead(0, log);
        loop.drain();
    }

    private void load() {
        loads.forEach(Runnable::run);
        loads.clear();
        loop.drain();
    }

    private CompletableFuture<String> add(int number) {
        Reply<String> reply = Reply.of(Errors::name);
        runtime.step(0, reply, (machine, decision) -> {
            decision.append(number);
            decision.answerAfterReplay(reply, () -> String.valueOf(machine.sum));
        });
        return reply.future();
    }

    private String added(int number) {
        CompletableFuture<String> answer = add(number);
        loop.drain();
        return answer.join();
    }

    @Test
    void onlyTheLeaderAnswersAndOnlyWhenItsLogIsLoaded() {
        log.append(List.of(5));
        assertThat(added(1)).isEqualTo("NOT_COORDINATOR");

        lead();
        assertThat(added(1)).isEqualTo("COORDINATOR_LOAD_IN_PROGRESS");
        assertThat(runtime.loaded()).isFalse();

        load();
        assertThat(added(1)).isEqualTo("6");
        assertThat(runtime.loaded()).isTrue();
    }

    @Test
    void whatCannotBeAppendedChangesNothing() {
        lead();
        load();
        log.failure = new KafkaStorageException("full");
        assertThat(added(1)).isEqualTo("COORDINATOR_NOT_AVAILABLE");
        log.failure = new RecordTooLargeException("too large");
        assertThat(added(1)).isEqualTo("RECORD_LIST_TOO_LARGE");
        log.failure = new IllegalStateException("a defect");
        assertThat(added(1)).isEqualTo("UNKNOWN_SERVER_ERROR");

        log.failure = null;

        assertThat(added(1)).isEqualTo("1");
    }

    @Test
    void aStepThatFailsIsAnswered() {
        lead();
        load();
        Reply<String> reply = Reply.of(Errors::name);
        runtime.step(0, reply, (machine, decision) -> {
            throw new IllegalStateException("a defect");
        });
        loop.drain();

        assertThat(reply.future().join()).isEqualTo("UNKNOWN_SERVER_ERROR");
        assertThat(added(1)).isEqualTo("1");
    }

    @Test
    void whatIsStillDecidedBeforeANewEpochIsNotMissed() {
        lead();
        load();
        CompletableFuture<String> last = add(1);

        runtime.lead(0, log);
        load();
        load();

        assertThat(last.join()).isEqualTo("1");
        assertThat(added(1)).isEqualTo("2");
    }

    @Test
    void timersDecideLikeRequestsAndEndWithTheLeadership() {
        lead();
        load();
        loop.advance(1_000);
        assertThat(added(0)).isEqualTo("100");

        runtime.resign(0);
        lead();
        load();
        runtime.resign(0);
        loop.advance(1_000);

        assertThat(log.records).containsExactly(100, 0);
        assertThat(added(0)).isEqualTo("NOT_COORDINATOR");
    }

    @Test
    void aLogThatCannotBeReadMakesItsPartitionUnavailable() {
        runtime.lead(0, new PartitionLog<>() {
            @Override
            public long append(List<Integer> records) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void replay(Consumer<Integer> consumer) {
                throw new KafkaStorageException("unreadable");
            }

            @Override
            public long highWatermark() {
                return 0;
            }

            @Override
            public long endOffset() {
                return 0;
            }

            @Override
            public void whenCommitted(long offset, Runnable listener) {}
        });
        loop.drain();
        load();

        assertThat(added(1)).isEqualTo("COORDINATOR_NOT_AVAILABLE");
    }

    @Test
    void theEndIsTold() {
        lead();
        load();
        Reply<Sum> reply = Reply.of(error -> null);
        runtime.step(0, reply, (machine, decision) -> decision.answer(reply, machine));
        loop.drain();

        runtime.close();
        loop.drain();

        assertThat(reply.future().join().end).isEqualTo(Errors.NOT_COORDINATOR);
        assertThat(added(1)).isEqualTo("NOT_COORDINATOR");
    }
}
