package dev.espalier.memory.core.summary;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text that carry content, in a rough common form. */
public final class Words {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['\u2019]\\p{L}+)?");
  private static final int MIN_STEM = 3;
  private static final String[] ENDINGS = {"ing", "ed", "es", "s", "ly"};

  private static final Set<String> STOP =
      Set.of(
          ("a about above after again against all also am an and any are as at be because been before"
                  + " being below between both but by can cannot could did do does doing down during"
                  + " each few for from further get got had has have having he her here hers herself"
                  + " him himself his how i if in into is it its itself just let like me more most my"
                  + " myself no nor not now of off oh on once only or other ought our ours ourselves"
                  + " out over own really same she should so some such than that the their theirs them"
                  + " themselves then there these they this those through to too under until up us very"
                  + " was we well were what when where which while who whom why will with would yeah yes"
                  + " you your yours yourself yourselves")
              .split(" "));

  private Words() {}

  /** Whether a word in lower case carries no content. */
  public static boolean isStop(String word) {
    return STOP.contains(word);
  }

  public static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      String word = beforeApostrophe(matcher.group());
      if (word.length() > 1 && !STOP.contains(word)) {
        words.add(stem(word));
      }
    }
    return words;
  }

  private static String beforeApostrophe(String word) {
    int at = Math.max(word.indexOf('\''), word.indexOf('\u2019'));
    return at < 0 ? word : word.substring(0, at);
  }

  private static String stem(String word) {
    for (String ending : ENDINGS) {
      if (word.endsWith(ending) && word.length() - ending.length() >= MIN_STEM) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }
}
