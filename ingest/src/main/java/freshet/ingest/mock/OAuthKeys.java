package freshet.ingest.mock;

/** An application and an account: what a client must sign with. */
public record OAuthKeys(String consumerKey, String consumerSecret, String token, String tokenSecret) {

    public OAuthKeys {
        if (consumerKey.isEmpty() || consumerSecret.isEmpty() || token.isEmpty() || tokenSecret.isEmpty()) {
            throw new IllegalArgumentException("OAuth keys are four words: consumer key and secret, token and secret");
        }
    }

    /** Reads {@code consumerKey:consumerSecret:token:tokenSecret}. */
    public static OAuthKeys parse(String text) {
        String[] words = text.split(":", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException(
                    "OAuth keys are written consumerKey:consumerSecret:token:tokenSecret, not as " + words.length
                            + " words");
        }
        return new OAuthKeys(words[0], words[1], words[2], words[3]);
    }

    /** Secrets don't belong into logs. */
    @Override
    public String toString() {
        return "OAuthKeys[" + consumerKey + ", …]";
    }
}
