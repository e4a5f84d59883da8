/**
 * How well and how early the trends of a recording were found: {@link freshet.datasets.evaluation.Evaluation} runs the
 * very steps of the job (extract, count, rank) over a recording within the process, without a broker, in event time as
 * fast as it goes, and compares what is {@code breaking} with the ground truth.
 *
 * <p>A breakout is <i>found</i> when a trend that bears one of its tags is breaking between its onset and ten minutes
 * after its end. Its <i>delay</i> runs from its onset to the end of the first window in which it is breaking. A trend that
 * is ever breaking and belongs to no breakout is <i>false</i>.
 */
package freshet.datasets.evaluation;
