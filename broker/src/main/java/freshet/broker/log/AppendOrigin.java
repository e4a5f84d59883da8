package freshet.broker.log;

/** Who wrote a batch, and so how much of it is taken on trust. */
public enum AppendOrigin {
    /** A producer: everything is checked, offsets are given here. */
    CLIENT,
    /** A coordinator of this broker: may write what clients may not (control batches); offsets are given here. */
    COORDINATOR,
    /** The partition's leader: its offsets and epochs are kept as they are. */
    REPLICATION
}
