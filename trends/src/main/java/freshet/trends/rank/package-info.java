/**
 * Ranks the candidates of all target partitions: {@link freshet.trends.rank.Ranker} puts a slide together when every
 * partition has closed it, keeps out what a verdict speaks against, joins tags of one story, and gives each trend its
 * life and state. Pure: candidates and the last finals in, rankings out, one thread, no clock.
 *
 * <p>A final depends on the candidates of its slide, on the posts' totals within the longest window before it, and on the
 * final before it of the same window and scope; on nothing else. So a ranker that starts anew from the last finals goes
 * on as the one that stopped.
 */
package freshet.trends.rank;
