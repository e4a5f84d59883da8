/**
 * Ranks the candidates of all target partitions: {@link freshet.trends.rank.Ranker} puts a slide together when every
 * partition has closed it, keeps out what a verdict speaks against, joins tags of one story, and gives each trend its
 * life and state. Pure: candidates and the last finals in, rankings out, one thread, no clock.
 *
 * <p>A final depends on the candidates of its slide, on the posts' totals within the longest window before it, and on the
 * final before it of the same window and scope; on nothing else. So a ranker that starts anew from the last finals goes
 * on as the one that stopped. An early ranking is made of what has been told so far, moves no state, and no final depends
 * on it.
 *
 * <p><b>Bounds.</b> Totals: one number a pane of the longest window. Slides that wait: those of the event time that one
 * partition of counting may be ahead of another (10 minutes, and what it reads in the second or two until it knows), each
 * with at most the candidates that counting hands over. Lives: what one ranking holds. A life ends when its story leaves the ranking; what comes back later begins another.
 */
package freshet.trends.rank;
