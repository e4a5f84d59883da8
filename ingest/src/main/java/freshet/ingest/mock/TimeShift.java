package freshet.ingest.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;

/**
 * Moves a play to the present: its first message is dated when the play begins, and what follows when it is sent, so at
 * 60x a minute of the recording becomes a second. Ids of statuses move with the time that they hold (snowflakes:
 * milliseconds since 2010-11-04, above 22 other bits), so a delete notice, a reply and a retweet still name the status
 * they are about. Older dates, of originals that are repeated, move by the same difference; users keep theirs.
 */
final class TimeShift {

    private static final long SNOWFLAKE_EPOCH = 1_288_834_974_657L;
    private static final int SNOWFLAKE_SHIFT = 22;
    private static final long REST = (1L << SNOWFLAKE_SHIFT) - 1;
    /** Spreads what differs anywhere in a number over its upper bits (Knuth, volume 3, section 6.4). */
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Ids below it were counted, not made of a time; each round of a loop moves them on by it, so that none comes twice. */
    private static final long FIRST_SNOWFLAKE = 29_700_859_247L;

    private static final DateTimeFormatter TWITTER =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss xx yyyy", Locale.ENGLISH);

    private static final Set<String> STATUS_IDS = Set.of("id", "in_reply_to_status_id", "quoted_status_id");
    /** Objects with ids and dates that are no statuses'. */
    private static final Set<String> KEPT = Set.of("user", "place", "entities", "extended_entities", "extended_tweet");

    private final long first;
    private final long begin;
    private final double speed;
    private final long round;

    /**
     * @param first time of the play's first message
     * @param begin when the play began, wall clock
     * @param round how often it was played before
     */
    TimeShift(long first, long begin, double speed, long round) {
        this.first = first;
        this.begin = begin;
        this.speed = speed;
        this.round = round;
    }

    long move(long time) {
        long since = time - first;
        return begin + (since <= 0 ? since : Math.round(since / speed));
    }

    /** The message with its times moved; itself where it isn't JSON. */
    Message move(Message message) throws com.fasterxml.jackson.core.JsonProcessingException {
        if (!(message.tree() instanceof ObjectNode object)) {
            return message;
        }
        ObjectNode moved = object.deepCopy();
        move(moved);
        return new Message(Message.JSON.writeValueAsBytes(moved), message.time(), moved);
    }

    private void move(ObjectNode object) {
        object.fieldNames().forEachRemaining(name -> {
            JsonNode value = object.get(name);
            if (value instanceof ObjectNode inner) {
                if (!KEPT.contains(name)) {
                    move(inner);
                }
            } else if (name.equals("created_at")) {
                object.put(name, date(value.asText()));
            } else if (name.equals("timestamp_ms")) {
                object.put(name, Long.toString(move(value.asLong())));
            } else if (STATUS_IDS.contains(name) && value.isIntegralNumber()) {
                object.put(name, id(value.asLong()));
            } else if (name.endsWith("_str")
                    && STATUS_IDS.contains(name.substring(0, name.length() - "_str".length()))
                    && value.isTextual()) {
                object.put(name, id(value.asText()));
            }
        });
    }

    private String date(String text) {
        try {
            return Statuses.date(
                    move(ZonedDateTime.parse(text, TWITTER).toInstant().toEpochMilli()));
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    private String id(String text) {
        return text.matches("\\d{1,18}|[1-8]\\d{18}") ? Long.toString(id(Long.parseLong(text))) : text;
    }

    long id(long id) {
        if (id < FIRST_SNOWFLAKE) {
            return id + round * FIRST_SNOWFLAKE;
        }
        long time = (id >>> SNOWFLAKE_SHIFT) + SNOWFLAKE_EPOCH;
        // Played faster, many milliseconds become one, and the ids of one worker in them would become equal.
        long rest = speed <= 1 ? id & REST : (id * GOLDEN_RATIO) >>> (Long.SIZE - SNOWFLAKE_SHIFT);
        // Where an id is the hash of what was no number, its time may be any, and no id is below zero.
        return ((move(time) - SNOWFLAKE_EPOCH) << SNOWFLAKE_SHIFT | rest) & Long.MAX_VALUE;
    }
}
