package freshet.broker.handlers;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.ApiKeys;

/** All handlers by API key; what is in here is what the broker speaks. */
public final class HandlerRegistry {

    private final Map<ApiKeys, RequestHandler<?>> handlers = new EnumMap<>(ApiKeys.class);

    public HandlerRegistry(List<RequestHandler<?>> handlers) {
        for (RequestHandler<?> handler : handlers) {
            if (this.handlers.put(handler.key(), handler) != null) {
                throw new IllegalArgumentException("two handlers for " + handler.key());
            }
        }
        ApiVersionsHandler apiVersions = new ApiVersionsHandler(this.handlers.values());
        this.handlers.put(apiVersions.key(), apiVersions);
    }

    public Collection<RequestHandler<?>> all() {
        return handlers.values();
    }

    /** The handler of a key that the broker speaks. */
    public RequestHandler<?> get(ApiKeys key) {
        return handlers.get(key);
    }
}
