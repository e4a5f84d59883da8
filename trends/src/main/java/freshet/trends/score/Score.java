package freshet.trends.score;

import freshet.trends.contract.Band;

/**
 * How surprising the authors seen are.
 *
 * @param expected distinct authors that the tag's own past explains, at the stream's present pace
 * @param scale how far the count usually strays at that pace (see {@link freshet.trends.history.Past})
 * @param score {@code -log10(odds)}, from 0 to {@value #GREATEST}: ranks follow it
 * @param odds the probability of at least as many authors, given the tag's past and that it appears at all; a slight
 *     overestimate, 1 where nothing is unusual
 * @param warming whether the stream is too young to know the tag's past
 */
public record Score(double expected, double scale, double score, double odds, boolean warming) {

    /** The greatest score: beyond it rarity means nothing. */
    public static final double GREATEST = 300;

    /** From this score on a tag is worth a look: a candidate. */
    public static final double CANDIDATE = 4;

    /** From this score on a tag breaks out. */
    public static final double BREAKING = 7.5;

    /**
     * Between which numbers of authors the tag's own past lets one expect a stretch of time.
     *
     * @param windows its length in windows: a sixth of one has a sixth of the shape
     */
    public Band band(double windows) {
        double shape = expected / scale * windows;
        return new Band(NegativeBinomial.low(shape, scale), NegativeBinomial.high(shape, scale));
    }
}
