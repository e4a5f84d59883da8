/**
 * How surprising what is seen of a tag is, given its own past: {@link freshet.trends.score.Scorer}.
 *
 * <p>The question is not whether a tag is popular but whether its past explains its present. Its past gives a negative
 * binomial count (see {@code freshet.trends.history}), whose tail grows with the tag's own earlier bursts; the answer is
 * the tail's weight beyond what is seen. A tag without a past is judged as those were that once appeared for the first
 * time, given that it appears at all, since some unknown tag always does.
 *
 * <p><b>Thresholds.</b> Very many tags are looked at very often, so what is rare for one is common among all: a day of
 * ten thousand active tags and ten-minute windows asks about 1.4 million independent questions, and sliding windows ask
 * each some five times over. At odds of 3e-8 ({@link freshet.trends.score.Score#BREAKING}) chance alone gives a false alarm
 * every five days.
 */
package freshet.trends.score;
