package freshet.trends.history;

/**
 * What the past of a tag lets one expect of one window: a Gamma-Poisson (negative binomial) count of distinct authors.
 *
 * @param mean distinct authors to expect at the stream's usual pace
 * @param scale how far the count usually strays: each further {@code scale} authors are about e times rarer; the
 *     variance is {@code mean * (1 + scale)}
 * @param commonScale the scale of tags that appear for the first time: the least that any tag is granted
 * @param exposure in how many windows it was watched, old ones counting less
 * @param warming whether the stream is too young to know any tag's past
 */
public record Past(double mean, double scale, double commonScale, double exposure, boolean warming) {}
