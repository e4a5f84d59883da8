package freshet.trends.extract;

/** A place's cell: the first four characters of its geohash (G. Niemeyer, 2008), about 39 by 20 km at the equator. */
final class Geohash {

    private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int LENGTH = 4;

    private Geohash() {}

    static String of(double lat, double lon) {
        double[] lats = {-90, 90};
        double[] lons = {-180, 180};
        char[] cell = new char[LENGTH];
        boolean even = true;
        for (int i = 0; i < LENGTH; i++) {
            int digit = 0;
            for (int bit = 0; bit < 5; bit++, even = !even) {
                digit = digit << 1 | (even ? halve(lons, lon) : halve(lats, lat));
            }
            cell[i] = DIGITS.charAt(digit);
        }
        return new String(cell);
    }

    private static int halve(double[] range, double value) {
        double middle = (range[0] + range[1]) / 2;
        boolean upper = value >= middle;
        range[upper ? 0 : 1] = middle;
        return upper ? 1 : 0;
    }
}
