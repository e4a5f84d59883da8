package freshet.broker.config;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Settings as given, key to text, and a way to read some of them by their definition. Remembers who read what. */
public final class Settings {

    private final Map<String, String> given;
    private final Set<String> known = new TreeSet<>();

    public Settings(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    public static Settings of(Properties properties) {
        Map<String, String> given = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> given.put(name, properties.getProperty(name)));
        return new Settings(given);
    }

    public Map<String, String> given() {
        return given;
    }

    /**
     * Reads the keys that {@code definition} names.
     *
     * @throws IllegalArgumentException saying which key has a bad value, and why
     */
    public Values read(ConfigDef definition) {
        known.addAll(definition.names());
        try {
            return new Values(definition.parse(given));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("Bad broker setting: " + e.getMessage(), e);
        }
    }

    /** Tells that these keys are read elsewhere. */
    public void markKnown(Set<String> names) {
        known.addAll(names);
    }

    /** Keys that were given and that nobody has read so far: misspelt, or Kafka's but without a meaning here. */
    public Set<String> unread() {
        Set<String> unread = new TreeSet<>(given.keySet());
        unread.removeAll(known);
        return unread;
    }

    /** Values by key, of the types that their definition says. */
    public static final class Values {

        private final Map<String, Object> values;

        private Values(Map<String, Object> values) {
            this.values = values;
        }

        public int integer(String key) {
            return (Integer) values.get(key);
        }

        public long longInteger(String key) {
            return (Long) values.get(key);
        }

        public boolean flag(String key) {
            return (Boolean) values.get(key);
        }

        /** Null where the definition's default is. */
        public String text(String key) {
            return (String) values.get(key);
        }

        @SuppressWarnings("unchecked")
        public List<String> list(String key) {
            return (List<String>) values.get(key);
        }
    }
}
