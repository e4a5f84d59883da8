package freshet.broker.handlers;

import freshet.broker.log.LogConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;

/** Applies one operation of IncrementalAlterConfigs (KIP-339) to what a topic sets itself. */
final class TopicConfigChange {

    private TopicConfigChange() {}

    /** @param effective the settings in force, which lists are appended to */
    static void apply(Map<String, String> own, LogConfig effective, byte operation, String name, String value) {
        OpType type = OpType.forId(operation);
        if (type == null) {
            throw new InvalidRequestException("Unknown operation " + operation + " on config " + name);
        }
        if (type == OpType.DELETE) {
            own.remove(name);
            return;
        }
        if (value == null) {
            throw new InvalidRequestException("Null value not supported for : " + name);
        }
        switch (type) {
            case SET -> own.put(name, value);
            case APPEND, SUBTRACT -> own.put(name, changed(effective, type, name, value));
            default -> throw new InvalidRequestException("Unknown operation " + operation + " on config " + name);
        }
    }

    private static String changed(LogConfig effective, OpType type, String name, String value) {
        if (LogConfig.typeOf(name) != ConfigDef.Type.LIST) {
            throw new InvalidConfigurationException(
                    "Can't " + type + " to key " + name + " because its type is not LIST.");
        }
        String present = effective.settings().get(name).value();
        List<String> items = new ArrayList<>(items(present));
        for (String item : items(value)) {
            items.remove(item);
            if (type == OpType.APPEND) {
                items.add(item);
            }
        }
        return String.join(",", items);
    }

    private static List<String> items(String list) {
        return list == null || list.isBlank()
                ? List.of()
                : Arrays.stream(list.split(",")).map(String::trim).toList();
    }

    static Map<String, String> copy(Map<String, String> own) {
        return new TreeMap<>(own);
    }
}
