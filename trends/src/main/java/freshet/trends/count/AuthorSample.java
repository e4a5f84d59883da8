package freshet.trends.count;

import freshet.trends.contract.TrendCandidates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The {@value TrendCandidates#SAMPLE_SIZE} smallest of the distinct author hashes seen, a bottom-k sample (Cohen and Kaplan, "Summarizing data
 * using bottom-k sketches", PODC 2007): two of them tell how much of their authors two tags share, with a standard error
 * of about {@code 1/sqrt(k)}; tags with fewer authors are compared exactly.
 */
final class AuthorSample {

    static final int SIZE = TrendCandidates.SAMPLE_SIZE;

    private final long[] smallest = new long[SIZE];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long author) {
        if (size == SIZE && author >= smallest[SIZE - 1]) {
            return;
        }
        int at = Arrays.binarySearch(smallest, 0, size, author);
        if (at >= 0) {
            return;
        }
        int insert = -at - 1;
        int last = size < SIZE ? size++ : SIZE - 1;
        System.arraycopy(smallest, insert, smallest, insert + 1, last - insert);
        smallest[insert] = author;
    }

    List<Long> smallest() {
        List<Long> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(smallest[i]);
        }
        return list;
    }
}
