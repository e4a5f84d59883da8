/**
 * Makes recordings with planted trends: {@link freshet.datasets.generator.Generator}. The same options give the same
 * lines on every platform: randomness comes from {@link freshet.datasets.generator.Dice} alone, arithmetic from
 * {@code StrictMath}, order from lists, never from hash tables. (Compressed bytes can differ between zlib versions.)
 *
 * <p>The background is what makes finding trends hard: tags by Zipf's law with a long tail, a daily rhythm per language,
 * regulars that are always popular or every day at their hour, reposts that breed reposts, replies, deletions, posts that
 * arrive late, twice or out of order, and spam. Breakouts are planted into it: their authors come from the same accounts
 * as everyone else.
 */
package freshet.datasets.generator;
