/**
 * The whole job: {@link freshet.trends.job.TrendsJob} runs the steps that its settings name, each on its own thread
 * against the topic log. The steps' logic is in {@code extract}, {@code count} and {@code rank}; here they are put behind
 * what {@code runtime} hosts. {@link freshet.trends.job.TrendsTopics} says which topics must exist.
 */
package freshet.trends.job;
