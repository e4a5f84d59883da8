/**
 * What is known to be true of a recording: which breakouts, campaigns and regulars are in it. The generator writes it
 * beside its recording as {@code NAME.truth.json}; evaluation compares a run with it. One may write such a file by hand
 * for a recording of real posts: only {@code breakouts} with {@code tag}, {@code onset} and {@code end} are required.
 */
package freshet.datasets.truth;
