/**
 * Settings by Kafka's names. {@link freshet.broker.config.Settings} is what the user gave, as text; each component
 * declares the keys that it reads beside itself ({@code NetworkConfig}, {@code ZooKeeperConfig}, …) and gets typed
 * values. What belongs to the broker as a whole stands in {@link freshet.broker.config.BrokerConfig}.
 */
package freshet.broker.config;
