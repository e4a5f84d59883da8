package freshet.trends.runtime;

/**
 * The text beside a committed offset: how far in event time the partition was, which other workers hold themselves back
 * by, and the way to have its state again.
 */
record Note(long eventTime, String state) {

    static Note parse(String text) {
        int space = text.indexOf(' ');
        try {
            if (space > 0) {
                return new Note(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalStateException("the group's commit bears the note \"" + text
                + "\", which is none of this job's: something else commits under its group");
    }

    @Override
    public String toString() {
        return eventTime + " " + state;
    }
}
