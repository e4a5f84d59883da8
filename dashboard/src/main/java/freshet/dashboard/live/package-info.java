/**
 * The live page's source: the newest rankings of every board, straight from {@code trends}, to any number of readers by
 * server-sent events.
 *
 * <p>A ranking is a whole state, so a reader who misses some needs only the newest. A board therefore remembers its last
 * few rankings and no reader has a queue: it has a place in the board's memory. A reader who keeps up gets every
 * ranking; one who was away and comes back with {@code Last-Event-ID} gets what followed it; one who is slow, asleep or
 * away for longer gets the newest and goes on from there. What a reader costs is its socket's buffer.
 */
package freshet.dashboard.live;
