/**
 * What a partition remembers of the past of its tags, one {@link freshet.trends.history.TagHistory} per window.
 *
 * <p><b>Samples.</b> Each tumbling window gives every tag one sample: how many distinct authors used it. A tag that was
 * not used gives a zero, which costs nothing, since the <i>exposure</i> (how many windows there were) is the same for all
 * tags and kept once. Exposure is counted by how much the stream had to say: an hour in which a busy source was down is
 * not an hour of silence of its tags.
 *
 * <p><b>Forgetting.</b> Samples lose half their weight per half-life (a day). Weights grow forward instead of old sums
 * being multiplied (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009), so that an idle tag costs nothing.
 *
 * <p><b>Lag.</b> The present must not explain itself: what is seen enters a tag's past one to two blocks later (a block
 * is three windows, at least fifteen minutes), so that a breakout stands out for that long, and what lasts longer becomes
 * usual.
 *
 * <p><b>What is not known.</b> As long as no whole day has been watched, every tag is granted the swing of a daily rhythm,
 * and {@code warming} says when there is no past worth speaking of. There is no profile by time of day: that
 * {@code #goodmorning} comes every morning is known from the second day on, by the bursts that its past then holds, which
 * make another of their size no surprise at any hour.
 *
 * <p>Everything here is a function of the calls, single-threaded, without a clock, in integers and {@code StrictMath}, so
 * that every instance that reads the same posts knows the same past.
 */
package freshet.trends.history;
