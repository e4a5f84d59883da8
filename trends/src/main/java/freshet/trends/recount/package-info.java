/**
 * The checker of the job's claim: finals are a function of the posts. It reads the posts alone, applies the definitions
 * by brute force, and holds every published slide against that.
 *
 * <p>Written apart from the job: of its code it shares the records' contracts, the rules for what a tag is and the
 * arithmetic of a window's ends, and nothing of extract, count, rank or runtime. It is simple and slow on purpose, but
 * goes through a hundred thousand posts within a minute.
 */
package freshet.trends.recount;
