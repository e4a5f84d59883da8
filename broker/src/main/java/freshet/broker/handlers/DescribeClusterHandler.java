package freshet.broker.handlers;

import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Names the cluster, its brokers and its controller. */
public final class DescribeClusterHandler implements RequestHandler<DescribeClusterRequestData> {

    private static final byte BROKERS = 1;

    private final MetadataStore metadata;

    public DescribeClusterHandler(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_CLUSTER;
    }

    @Override
    public CompletableFuture<DescribeClusterResponseData> handle(
            RequestContext context, DescribeClusterRequestData request) {
        if (request.endpointType() != BROKERS) {
            return CompletableFuture.completedFuture(new DescribeClusterResponseData()
                    .setErrorCode(Errors.UNSUPPORTED_ENDPOINT_TYPE.code())
                    .setErrorMessage("Only endpoints of brokers are known here."));
        }
        ClusterImage image = metadata.image();
        DescribeClusterResponseData response = new DescribeClusterResponseData()
                .setClusterId(image.clusterId())
                .setControllerId(image.controllerId());
        for (BrokerImage broker : image.brokers().values()) {
            BrokerImage.Endpoint endpoint = broker.endpoints().get(context.listener());
            if (endpoint != null) {
                response.brokers()
                        .add(new DescribeClusterBroker()
                                .setBrokerId(broker.id())
                                .setHost(endpoint.host())
                                .setPort(endpoint.port())
                                .setRack(broker.rack().isEmpty() ? null : broker.rack()));
            }
        }
        return CompletableFuture.completedFuture(response);
    }
}
