package freshet.broker.coordinator.group;

/** Who sent a request, and in which version of it. */
public record Caller(String clientId, String host, short apiVersion) {}
