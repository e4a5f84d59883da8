package freshet.trends.score;

/**
 * How surprising the authors seen are.
 *
 * @param expected distinct authors that the tag's own past explains, at the stream's present pace
 * @param score {@code -log10(odds)}, from 0 to {@value #GREATEST}: ranks follow it
 * @param odds the probability of at least as many authors, given the tag's past and that it appears at all; a slight
 *     overestimate, 1 where nothing is unusual
 * @param warming whether the stream is too young to know the tag's past
 */
public record Score(double expected, double score, double odds, boolean warming) {

    /** The greatest score: beyond it rarity means nothing. */
    public static final double GREATEST = 300;

    /** From this score on a tag is worth a look: a candidate. */
    public static final double CANDIDATE = 4;

    /** From this score on a tag breaks out. */
    public static final double BREAKING = 7.5;
}
