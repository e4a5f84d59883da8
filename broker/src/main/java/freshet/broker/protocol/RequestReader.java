package freshet.broker.protocol;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.RequestHeader;

/** Reads requests of the APIs and versions that the broker speaks. Stateless, thread-safe. */
public final class RequestReader {

    /** A fetch of 100,000 partitions has half a million. */
    private static final int MAX_FIELDS = 1_000_000;

    private final Map<ApiKeys, VersionRange> spoken;

    public RequestReader(Map<ApiKeys, VersionRange> spoken) {
        this.spoken = Map.copyOf(spoken);
    }

    /**
     * Reads one request. Record batches in it are slices of {@code frame}.
     *
     * <p>An ApiVersions request of an unknown version is read as version 0 with {@link UnsupportedVersion} telling so
     * (KIP-511). Any other unknown version or key is an error, as for Kafka, which closes the connection.
     *
     * @throws InvalidRequestException when the frame is no request that the broker speaks; the message says why
     */
    public Request read(ByteBuffer frame) {
        short keyId = frame.getShort(frame.position());
        short version = frame.getShort(frame.position() + Short.BYTES);
        if (!ApiKeys.hasId(keyId)) {
            throw new InvalidRequestException("not a Kafka request: there is no API key " + keyId);
        }
        ApiKeys key = ApiKeys.forId(keyId);
        VersionRange range = spoken.get(key);
        if (range == null) {
            throw new InvalidRequestException("request " + key.name + " is not supported");
        }
        if (key == ApiKeys.API_VERSIONS && !range.contains(version)) {
            return unknownApiVersions(frame, version);
        }
        if (!range.contains(version) || !key.isVersionSupported(version)) {
            throw new InvalidRequestException("request " + key.name + " version " + version
                    + " is not supported; supported are " + range.min() + " to " + range.max());
        }
        try {
            BoundedReadable input = new BoundedReadable(frame, MAX_FIELDS);
            short headerVersion = key.requestHeaderVersion(version);
            RequestHeader header = new RequestHeader(new RequestHeaderData(input, headerVersion), headerVersion);
            AbstractRequest body = AbstractRequest.parseRequest(key, version, input).request;
            if (frame.hasRemaining()) {
                throw new InvalidRequestException(frame.remaining() + " bytes too many");
            }
            return new Request(header, body);
        } catch (RuntimeException e) {
            throw new InvalidRequestException(
                    "malformed request " + key.name + " version " + version + ": " + e.getMessage(), e);
        }
    }

    private static Request unknownApiVersions(ByteBuffer frame, short version) {
        // The start of the header is the same in every version: key, version, correlation id.
        int correlationId = frame.getInt(frame.position() + 2 * Short.BYTES);
        RequestHeader header = new RequestHeader(
                new RequestHeaderData()
                        .setRequestApiKey(ApiKeys.API_VERSIONS.id)
                        .setRequestApiVersion((short) 0)
                        .setCorrelationId(correlationId)
                        .setClientId(""),
                ApiKeys.API_VERSIONS.requestHeaderVersion((short) 0));
        // The request class keeps the version that it was asked in, and answers with UNSUPPORTED_VERSION for it.
        return new UnsupportedVersion(header, new ApiVersionsRequest(new ApiVersionsRequestData(), (short) 0, version));
    }

    /** An ApiVersions request in a version from the future; answered in version 0 with an error and our versions. */
    public static final class UnsupportedVersion extends Request {

        private UnsupportedVersion(RequestHeader header, AbstractRequest body) {
            super(header, body);
        }

        /** What the request becomes. */
        public UnsupportedVersionException problem() {
            return new UnsupportedVersionException("ApiVersions version from the future");
        }
    }
}
