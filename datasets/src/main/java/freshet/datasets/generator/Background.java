package freshet.datasets.generator;

import java.util.ArrayList;
import java.util.List;

/** What everyone else says: new posts, reposts of what was lately said or reposted in the same language, replies. */
final class Background {

    private static final int RECENT = 400;
    private static final double REPOSTS = 0.3;
    private static final double REPLIES = 0.12;

    private final List<Language> languages;
    private final Accounts accounts;
    private final Dice dice;
    private final Phrases phrases;
    private final TagChoice tags;
    private final List<List<Status>> recent = new ArrayList<>();
    private final int[] oldest;

    Background(List<Language> languages, Accounts accounts, Dice dice) {
        this.languages = languages;
        this.accounts = accounts;
        this.dice = dice;
        this.phrases = new Phrases(dice.fork("phrases"));
        this.tags = new TagChoice(dice.fork("tags"));
        this.oldest = new int[languages.size()];
        languages.forEach(language -> recent.add(new ArrayList<>()));
    }

    Status write(int ordinal, long time, long id) {
        Language language = languages.get(ordinal);
        Account author = accounts.of(language, accounts.anyone(language, dice));
        List<Status> said = recent.get(ordinal);
        double choice = dice.uniform();
        Status earlier = said.isEmpty() ? null : dice.pick(said);
        Status status;
        if (earlier != null && choice < REPOSTS) {
            Status original = earlier.original();
            status = new Status(id, time, author, language.lang(), original.text(), original.tags(), original, null);
        } else {
            List<String> chosen = tags.choose(language, time);
            Status replyTo = choice > 1 - REPLIES ? earlier : null;
            status = new Status(
                    id, time, author, language.lang(), phrases.ordinary(language, chosen), chosen, null, replyTo);
        }
        remember(ordinal, status);
        return status;
    }

    /** What is reposted can be reposted again: some posts get many reposts, most none. */
    private void remember(int ordinal, Status status) {
        List<Status> said = recent.get(ordinal);
        if (said.size() < RECENT) {
            said.add(status);
        } else {
            said.set(oldest[ordinal], status);
            oldest[ordinal] = (oldest[ordinal] + 1) % RECENT;
        }
    }
}
