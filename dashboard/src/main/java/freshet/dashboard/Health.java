package freshet.dashboard;

/**
 * How a part of a process is.
 *
 * @param ready whether it does its work
 * @param detail a line for a person; what it waits for, where it does not
 */
public record Health(boolean ready, String detail) {

    static Health of(String trouble) {
        return new Health(trouble.isEmpty(), trouble.isEmpty() ? "ok" : trouble);
    }
}
