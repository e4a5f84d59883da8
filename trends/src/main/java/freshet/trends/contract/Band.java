package freshet.trends.contract;

/**
 * What is usual: of the counts that a past lets one expect, nineteen in twenty reach {@code low}, and of those above 0
 * nineteen in twenty don't pass {@code high}.
 *
 * @param low distinct authors, at least 0
 * @param high distinct authors, at least 1: who appears at all is one
 */
public record Band(long low, long high) {}
