package freshet.broker.metadata.zookeeper;

import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.PartitionImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The bytes of each kind of node: a version, then the fields in the order of the package doc, big-endian. */
final class Codec {

    private static final byte VERSION = 1;

    /** What stands in a topic's own node. */
    record TopicHeader(Uuid id, int partitions, Map<String, String> configs) {}

    /** What moves in a partition. */
    record PartitionState(int leader, int leaderEpoch, int partitionEpoch, List<Integer> isr) {

        static PartitionState of(PartitionImage partition) {
            return new PartitionState(
                    partition.leader(), partition.leaderEpoch(), partition.partitionEpoch(), partition.isr());
        }
    }

    /** Who is controller. */
    record ControllerNode(int brokerId, Uuid incarnation) {}

    @FunctionalInterface
    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private Codec() {}

    static byte[] topic(TopicHeader topic) {
        return encode(out -> {
            writeUuid(out, topic.id());
            out.writeInt(topic.partitions());
            out.writeInt(topic.configs().size());
            for (Map.Entry<String, String> config : new TreeMap<>(topic.configs()).entrySet()) {
                out.writeUTF(config.getKey());
                out.writeUTF(config.getValue());
            }
        });
    }

    static TopicHeader topic(byte[] bytes) {
        return decode(bytes, in -> {
            Uuid id = readUuid(in);
            int partitions = in.readInt();
            Map<String, String> configs = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                configs.put(in.readUTF(), in.readUTF());
            }
            return new TopicHeader(id, partitions, configs);
        });
    }

    static byte[] assignment(List<List<Integer>> replicas) {
        return encode(out -> {
            out.writeInt(replicas.size());
            for (List<Integer> partition : replicas) {
                writeIds(out, partition);
            }
        });
    }

    static List<List<Integer>> assignment(byte[] bytes) {
        return decode(bytes, in -> {
            List<List<Integer>> replicas = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                replicas.add(readIds(in));
            }
            return replicas;
        });
    }

    static byte[] state(List<PartitionState> states) {
        return encode(out -> {
            out.writeInt(states.size());
            for (PartitionState state : states) {
                out.writeInt(state.leader());
                out.writeInt(state.leaderEpoch());
                out.writeInt(state.partitionEpoch());
                writeIds(out, state.isr());
            }
        });
    }

    static List<PartitionState> state(byte[] bytes) {
        return decode(bytes, in -> {
            List<PartitionState> states = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                states.add(new PartitionState(in.readInt(), in.readInt(), in.readInt(), readIds(in)));
            }
            return states;
        });
    }

    static byte[] broker(BrokerImage broker) {
        return encode(out -> {
            writeUuid(out, broker.incarnation());
            out.writeUTF(broker.rack());
            out.writeInt(broker.endpoints().size());
            for (Map.Entry<String, BrokerImage.Endpoint> endpoint :
                    broker.endpoints().entrySet()) {
                out.writeUTF(endpoint.getKey());
                out.writeUTF(endpoint.getValue().host());
                out.writeInt(endpoint.getValue().port());
            }
        });
    }

    static BrokerImage broker(int id, byte[] bytes) {
        return decode(bytes, in -> {
            Uuid incarnation = readUuid(in);
            String rack = in.readUTF();
            Map<String, BrokerImage.Endpoint> endpoints = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                endpoints.put(in.readUTF(), new BrokerImage.Endpoint(in.readUTF(), in.readInt()));
            }
            return new BrokerImage(id, incarnation, endpoints, rack);
        });
    }

    static byte[] controller(ControllerNode controller) {
        return encode(out -> {
            out.writeInt(controller.brokerId());
            writeUuid(out, controller.incarnation());
        });
    }

    static ControllerNode controller(byte[] bytes) {
        return decode(bytes, in -> new ControllerNode(in.readInt(), readUuid(in)));
    }

    static byte[] number(long value) {
        return encode(out -> out.writeLong(value));
    }

    static long number(byte[] bytes) {
        return decode(bytes, DataInputStream::readLong);
    }

    private static void writeIds(DataOutputStream out, List<Integer> ids) throws IOException {
        out.writeShort(ids.size());
        for (int id : ids) {
            out.writeInt(id);
        }
    }

    private static List<Integer> readIds(DataInputStream in) throws IOException {
        List<Integer> ids = new ArrayList<>();
        for (int left = in.readShort(); left > 0; left--) {
            ids.add(in.readInt());
        }
        return ids;
    }

    private static void writeUuid(DataOutputStream out, Uuid id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static Uuid readUuid(DataInputStream in) throws IOException {
        return new Uuid(in.readLong(), in.readLong());
    }

    private static byte[] encode(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T decode(byte[] bytes, Reader<T> reader) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("Metadata in ZooKeeper has format " + version + ", this broker knows "
                        + VERSION + ": it was written by a newer Freshet.");
            }
            return reader.read(in);
        } catch (IOException e) {
            throw new IllegalStateException("Metadata in ZooKeeper cannot be read: " + e.getMessage(), e);
        }
    }
}
