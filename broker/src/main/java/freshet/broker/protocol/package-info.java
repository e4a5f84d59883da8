/**
 * Between bytes and messages. {@link freshet.broker.protocol.RequestReader} reads a frame's header and body with the
 * generated classes of kafka-clients, within limits; {@link freshet.broker.protocol.ResponseWriter} lays an answer out
 * as buffers and file regions, so that record batches go from the page cache to the socket without a copy
 * (<a href="https://kafka.apache.org/protocol">the protocol</a>, KIP-482 for tagged fields, KIP-511 for versions).
 */
package freshet.broker.protocol;
