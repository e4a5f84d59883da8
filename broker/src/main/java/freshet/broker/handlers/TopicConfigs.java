package freshet.broker.handlers;

import freshet.broker.log.LogConfig.Setting;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.requests.DescribeConfigsResponse;

/** How a setting is told of on the wire. */
final class TopicConfigs {

    private TopicConfigs() {}

    static byte source(Setting setting) {
        return switch (setting.source()) {
            case TOPIC -> DescribeConfigsResponse.ConfigSource.TOPIC_CONFIG.id();
            case BROKER -> DescribeConfigsResponse.ConfigSource.STATIC_BROKER_CONFIG.id();
            case DEFAULT -> DescribeConfigsResponse.ConfigSource.DEFAULT_CONFIG.id();
        };
    }

    static byte type(ConfigDef.Type type) {
        return DescribeConfigsResponse.ConfigType.valueOf(type.name()).id();
    }
}
