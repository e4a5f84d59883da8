/**
 * The checker of the job's claim: finals are a function of the posts. It reads the posts alone, applies the definitions
 * by brute force, and holds every published slide against that.
 *
 * <p>Of a tag with very many uses in a slide the authors are an estimate by definition. It is made again from the definition,
 * must agree to the last author, and must be within six of its standard errors from the truth.
 *
 * <p>Written apart from the job: of its code it shares the records' contracts, the rules for what a tag is and the
 * arithmetic of a window's ends, and nothing of extract, count, rank or runtime. It is simple and slow on purpose, but
 * goes through a hundred thousand posts within a minute.
 */
package freshet.trends.recount;
