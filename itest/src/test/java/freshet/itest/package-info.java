/**
 * Whole-system tests with real parts: every stage over TCP, real Kafka clients and a real Apache Kafka broker, a real
 * browser. Heavy dependencies stay in this module, so that no user of {@code ./freshet up} downloads them.
 */
package freshet.itest;
