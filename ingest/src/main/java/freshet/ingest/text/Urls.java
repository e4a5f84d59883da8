package freshet.ingest.text;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the URLs of a text as twitter-text does, since what looks like a hashtag inside one is none. A URL may lack its
 * {@code http://} when its name ends in a known top-level domain. Written out by hand rather than as the reference's
 * regular expression, which takes quadratic time and a deep stack on hostile texts.
 */
final class Urls {

    /** Longer URLs are none; a longer host is not looked at to its end. */
    private static final int LENGTH_MAX = 4096;

    private static final int SHORT_LINK_SLUG_MAX = 40;
    private static final String PROTOCOL = "https://";

    private final String text;

    private Urls(String text) {
        this.text = text;
    }

    /** Those of the tags that do not stand inside a URL. Where a tag begins first and runs into a URL, the tag counts. */
    static List<Span> without(List<Span> tags, String text) {
        if (text.indexOf('.') < 0 || tags.stream().noneMatch(tag -> mayStandInUrl(tag, text))) {
            return tags;
        }
        List<Span> urls = new Urls(text).find();
        if (urls.isEmpty()) {
            return tags;
        }
        List<Span> kept = new ArrayList<>(tags.size());
        int url = 0;
        int covered = 0;
        for (Span tag : tags) {
            for (; url < urls.size() && urls.get(url).start() <= tag.start(); url++) {
                if (urls.get(url).start() >= covered) {
                    covered = urls.get(url).end();
                }
            }
            if (tag.start() >= covered) {
                kept.add(tag);
                covered = tag.end();
            }
        }
        return kept;
    }

    /** Inside a URL what stands before a tag is part of the URL; mostly it is a space, and no URL need be looked for. */
    private static boolean mayStandInUrl(Span tag, String text) {
        if (tag.start() == 0) {
            return false;
        }
        char before = text.charAt(tag.start() - 1);
        return UrlChars.isPath(before) || UrlChars.isQuery(before);
    }

    private List<Span> find() {
        List<Span> urls = new ArrayList<>(2);
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            Span url = UrlChars.barsUrl(c) ? null : url(at + Character.charCount(c), c);
            if (url == null && at == 0) {
                url = url(0, -1);
            }
            if (url == null) {
                at += Character.charCount(c);
            } else {
                if (url.start() >= 0) {
                    urls.add(url);
                }
                at = matchEnd;
            }
        }
        return urls;
    }

    private static final Span NO_LINK = new Span(-1, -1);

    /** Where the last match ended, whether it was a URL in the end or not. */
    private int matchEnd;

    /** The URL that begins here, {@link #NO_LINK} where what looks like one is none, null where nothing does. */
    private Span url(int start, int before) {
        int host = start + protocolLength(start);
        int hostEnd = hostEnd(host);
        if (hostEnd < 0 && host > start) {
            // Without its protocol it would begin with "http:", which is no domain.
            return null;
        }
        if (hostEnd < 0) {
            return null;
        }
        int end = queryEnd(pathEnd(portEnd(hostEnd)));
        matchEnd = end;
        boolean bare = host == start;
        if (bare && before >= 0 && "-_./".indexOf(before) >= 0) {
            return NO_LINK;
        }
        if (!bare && text.regionMatches(true, host, "t.co/", 0, 5)) {
            int slugEnd = slugEnd(host + 5);
            if (slugEnd > host + 5) {
                if (slugEnd - host - 5 > SHORT_LINK_SLUG_MAX) {
                    return NO_LINK;
                }
                end = queryEnd(slugEnd);
            }
        }
        return isHost(host, hostEnd, end - start + (bare ? PROTOCOL.length() : 0)) ? new Span(start, end) : NO_LINK;
    }

    private int protocolLength(int at) {
        return text.regionMatches(true, at, "https://", 0, 8)
                ? 8
                : text.regionMatches(true, at, "http://", 0, 7) ? 7 : 0;
    }

    /** Labels and a top-level domain; the one as far behind as can be. */
    private int hostEnd(int from) {
        int end = labelsEnd(from);
        if (end >= 0) {
            return end;
        }
        boolean afterProtocol = endsWithProtocol(from);
        return afterProtocol ? unicodeHostEnd(from) : -1;
    }

    private boolean endsWithProtocol(int at) {
        return text.regionMatches(true, at - 7, "http://", 0, 7) || text.regionMatches(true, at - 8, "https://", 0, 8);
    }

    private int labelsEnd(int from) {
        int end = -1;
        int label = from;
        int limit = Math.min(text.length(), from + LENGTH_MAX);
        while (label < limit) {
            int dot = label;
            boolean underscore = false;
            while (dot < limit
                    && (UrlChars.isDomain(text.charAt(dot)) || text.charAt(dot) == '-' || text.charAt(dot) == '_')) {
                underscore |= text.charAt(dot) == '_';
                dot++;
            }
            boolean whole = dot > label
                    && dot < limit
                    && text.charAt(dot) == '.'
                    && UrlChars.isDomain(text.charAt(label))
                    && UrlChars.isDomain(text.charAt(dot - 1));
            if (!whole) {
                break;
            }
            if (!underscore) {
                int domain = topLevelEnd(dot + 1);
                end = domain >= 0 ? domain : end;
            }
            label = dot + 1;
        }
        return end;
    }

    private int topLevelEnd(int from) {
        int end = TopLevelDomains.end(text, from);
        if (end >= 0 || !text.regionMatches(true, from, "xn--", 0, 4)) {
            return end;
        }
        int punycode = from + 4;
        while (punycode < text.length()
                && (text.charAt(punycode) == '-' || UrlChars.isAsciiWord(text.charAt(punycode)))) {
            punycode++;
        }
        return punycode > from + 4 ? punycode : -1;
    }

    /** One label in any script and a top-level domain, as in http://müller.рф. */
    private int unicodeHostEnd(int from) {
        int dot = from;
        int limit = Math.min(text.length(), from + LENGTH_MAX);
        int last = -1;
        int first = -1;
        while (dot < limit) {
            int c = text.codePointAt(dot);
            if (c != '-' && !UrlChars.isUnicodeDomain(c)) {
                break;
            }
            first = first == -1 ? c : first;
            last = c;
            dot += Character.charCount(c);
        }
        boolean label = last != -1 && first != '-' && last != '-' && dot < limit && text.charAt(dot) == '.';
        return label ? TopLevelDomains.end(text, dot + 1) : -1;
    }

    private int portEnd(int from) {
        int end = from + 1;
        if (from >= text.length() || text.charAt(from) != ':') {
            return from;
        }
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end > from + 1 ? end : from;
    }

    private int pathEnd(int from) {
        if (from >= text.length() || text.charAt(from) != '/') {
            return from;
        }
        // As far as its last character that may end a path, and then over parentheses that follow it directly.
        int end = from + 1;
        for (int i = end; i < text.length(); ) {
            char c = text.charAt(i);
            int next = UrlChars.isPath(c) ? i + 1 : c == '(' ? parenthesesEnd(i) : -1;
            if (next < 0) {
                break;
            }
            i = next;
            end = UrlChars.endsPath(c) ? i : end;
        }
        for (int i = end; i >= 0; i = i < text.length() && text.charAt(i) == '(' ? parenthesesEnd(i) : -1) {
            end = i;
        }
        return end;
    }

    /** Balanced parentheses, one pair in another at most, as in /We_Up_(Album_Version_(Edited)). */
    private int parenthesesEnd(int open) {
        int i = pathRunEnd(open + 1);
        if (i < text.length() && text.charAt(i) == ')') {
            return i > open + 1 ? i + 1 : -1;
        }
        if (i >= text.length() || text.charAt(i) != '(') {
            return -1;
        }
        int inner = pathRunEnd(i + 1);
        if (inner == i + 1 || inner >= text.length() || text.charAt(inner) != ')') {
            return -1;
        }
        int outer = pathRunEnd(inner + 1);
        return outer < text.length() && text.charAt(outer) == ')' ? outer + 1 : -1;
    }

    private int pathRunEnd(int from) {
        int i = from;
        while (i < text.length() && UrlChars.isPath(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int queryEnd(int from) {
        if (from >= text.length() || text.charAt(from) != '?') {
            return from;
        }
        int end = from;
        for (int i = from + 1; i < text.length() && UrlChars.isQuery(text.charAt(i)); i++) {
            end = UrlChars.endsQuery(text.charAt(i)) ? i + 1 : end;
        }
        return end;
    }

    private int slugEnd(int from) {
        int i = from;
        while (i < text.length() && UrlChars.isAsciiWord(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** A host must be one by RFC 3490 and 1035, and the URL with its protocol not too long. */
    private boolean isHost(int from, int to, int urlLength) {
        String host = text.substring(from, to);
        try {
            String ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
            return !ascii.isEmpty() && urlLength + ascii.length() - host.length() <= LENGTH_MAX;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }
}
