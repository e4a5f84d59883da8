/**
 * Event loops, frames, limits.
 *
 * <p>The way of a request: {@link freshet.broker.network.FrameDecoder} cuts the bytes into frames (4 bytes length, then
 * that many), checking the size before any memory is spent on it; {@link freshet.broker.network.Connection} hands each
 * frame to the {@link freshet.broker.network.FrameProcessor} on a request thread, one after the other, and lets the
 * answers leave in the order of the requests. A connection stops reading while it has too much in flight, while its
 * client doesn't take its answers, or while all connections together hold too much memory.
 *
 * <p>Event loops never wait for anything: no disk, no lock that a disk operation is done under, no ZooKeeper. What a
 * frame means is not known here.
 */
package freshet.broker.network;
