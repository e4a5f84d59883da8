/**
 * The contracts of the topics that trends writes. {@code trends} is public: {@link freshet.trends.contract.Ranking} in
 * JSON, for any Kafka client. {@code hashtag-uses}, {@code trend-candidates} and {@code count-state} are internal and
 * binary; they begin with a version byte and may change from release to release.
 */
package freshet.trends.contract;
