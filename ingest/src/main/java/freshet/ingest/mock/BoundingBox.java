package freshet.ingest.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A box in degrees. A status is in it by its {@code coordinates} where it has some; by its {@code place} where it
 * hasn't, any overlap counting; and never by its author's profile. One whose west lies east of its east crosses the date
 * line, as in GeoJSON (RFC 7946, 5.2); Twitter's guide doesn't say, and whoever follows Fiji can write it no other way.
 */
record BoundingBox(double west, double south, double east, double north) {

    static List<BoundingBox> parse(List<String> words) throws RefusedException {
        List<BoundingBox> boxes = new ArrayList<>();
        if (words.size() % 4 != 0) {
            throw new RefusedException(
                    406, "Parameter locations needs pairs of corners, southwest first: west,south,east,north");
        }
        for (int i = 0; i < words.size(); i += 4) {
            BoundingBox box = new BoundingBox(
                    degrees(words.get(i), 180),
                    degrees(words.get(i + 1), 90),
                    degrees(words.get(i + 2), 180),
                    degrees(words.get(i + 3), 90));
            if (box.south > box.north) {
                throw new RefusedException(406, "Parameter locations has a box whose southwest corner is not first");
            }
            boxes.add(box);
        }
        return boxes;
    }

    private static double degrees(String text, double most) throws RefusedException {
        try {
            double degrees = Double.parseDouble(text);
            if (Math.abs(degrees) <= most) {
                return degrees;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new RefusedException(406, "Parameter locations has an item that is no longitude or latitude: " + text);
    }

    boolean matches(JsonNode status) {
        JsonNode point = status.path("coordinates").path("coordinates");
        if (point.size() == 2) {
            double longitude = point.get(0).asDouble();
            double latitude = point.get(1).asDouble();
            return reaches(longitude, longitude) && latitude >= south && latitude <= north;
        }
        return overlaps(status.path("place").path("bounding_box").path("coordinates"));
    }

    /** @param rings of a GeoJSON polygon; a place is taken as the box around it */
    private boolean overlaps(JsonNode rings) {
        double placeWest = Double.POSITIVE_INFINITY;
        double placeSouth = Double.POSITIVE_INFINITY;
        double placeEast = Double.NEGATIVE_INFINITY;
        double placeNorth = Double.NEGATIVE_INFINITY;
        for (JsonNode ring : rings) {
            for (JsonNode corner : ring) {
                placeWest = Math.min(placeWest, corner.path(0).asDouble());
                placeEast = Math.max(placeEast, corner.path(0).asDouble());
                placeSouth = Math.min(placeSouth, corner.path(1).asDouble());
                placeNorth = Math.max(placeNorth, corner.path(1).asDouble());
            }
        }
        return placeSouth <= placeNorth && reaches(placeWest, placeEast) && placeSouth <= north && placeNorth >= south;
    }

    private boolean reaches(double from, double to) {
        return west <= east ? from <= east && to >= west : from <= east || to >= west;
    }
}
