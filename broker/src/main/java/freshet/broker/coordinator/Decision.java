package freshet.broker.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;

/**
 * What one step of a machine wants: records to append, all or none, and answers that may leave once those records are
 * committed. Lives for one step, on the loop.
 */
public final class Decision<R> {
    private final List<R> records = new ArrayList<>(2);
    private final List<Answer<?>> answers = new ArrayList<>(2);

    /** Adds a record to this step's batch. */
    public void append(R record) {
        records.add(record);
    }

    /** Answers {@code response} once all is committed, or an error if the records cannot be appended. */
    public <T> void answer(Reply<T> reply, T response) {
        answers.add(new Answer<>(reply, () -> response));
    }

    /** As {@link #answer(Reply, Object)}, with a response that is read from the state right after the replay. */
    public <T> void answerAfterReplay(Reply<T> reply, Supplier<T> response) {
        answers.add(new Answer<>(reply, response));
    }

    /** Answers an error, in its turn. */
    public <T> void refuse(Reply<T> reply, Errors error) {
        answer(reply, reply.onError().apply(error));
    }

    /** What this step appends. */
    public List<R> records() {
        return records;
    }

    /** Fixes the responses: called after the replay, before anything else runs. */
    void settle() {
        answers.forEach(Answer::settle);
    }

    void complete() {
        answers.forEach(Answer::send);
    }

    void fail(Errors error) {
        answers.forEach(answer -> answer.reply.fail(error));
    }

    private static final class Answer<T> {
        private final Reply<T> reply;
        private Supplier<T> response;

        Answer(Reply<T> reply, Supplier<T> response) {
            this.reply = reply;
            this.response = response;
        }

        void settle() {
            T settled = response.get();
            response = () -> settled;
        }

        void send() {
            reply.complete(response.get());
        }
    }
}
