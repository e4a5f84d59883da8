package freshet.datasets.generator;

/**
 * A line of a recording: a status, or the deletion of one.
 *
 * @param arrival when the source sent it; lines stand in this order
 * @param order breaks ties
 * @param deletedAt when the status was deleted, or 0 where the line is the status itself
 * @param repeated whether the line stood there before
 */
record Line(long arrival, long order, Status status, long deletedAt, boolean repeated) implements Comparable<Line> {

    @Override
    public int compareTo(Line other) {
        return arrival != other.arrival ? Long.compare(arrival, other.arrival) : Long.compare(order, other.order);
    }
}
