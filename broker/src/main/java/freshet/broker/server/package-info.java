/**
 * Life cycle and wiring of a broker; alone sees all other packages. {@link freshet.broker.server.BrokerServer} starts
 * the parts in the order in which they need each other (data directory, metadata, partitions, network, registration)
 * and stops them the other way round.
 */
package freshet.broker.server;
