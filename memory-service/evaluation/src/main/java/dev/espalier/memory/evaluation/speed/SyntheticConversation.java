package dev.espalier.memory.evaluation.speed;

import dev.espalier.memory.evaluation.client.NewTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A conversation of any length without any data: every other word is an English stop word, the rest
 * are invented. The same seed gives the same conversation.
 *
 * @param questions each of a few words of one turn
 */
public record SyntheticConversation(List<NewTurn> turns, List<String> questions) {

  private static final int VOCABULARY = 12_000;
  private static final List<String> SPEAKERS = List.of("Arun", "Belit");
  private static final List<String> STOP_WORDS =
      List.of("the", "and", "to", "of", "in", "was", "it", "that", "with", "for", "my", "we");

  /** The shortest and the longest turn; their mean is near that of a written chat. */
  private static final int MIN_WORDS = 8;

  private static final int MAX_WORDS = 36;
  private static final int QUESTION_WORDS = 5;

  public SyntheticConversation {
    turns = List.copyOf(turns);
    questions = List.copyOf(questions);
  }

  public static SyntheticConversation generate(long seed, int turnCount, int questionCount) {
    var random = new SplittableRandom(seed);
    Vocabulary vocabulary = Vocabulary.invent(VOCABULARY, random);
    List<List<String>> rareWords = new ArrayList<>();
    List<NewTurn> turns = new ArrayList<>();
    for (int i = 0; i < turnCount; i++) {
      List<String> rare = new ArrayList<>();
      String content = sentence(vocabulary, random, rare);
      turns.add(new NewTurn(SPEAKERS.get(i % SPEAKERS.size()), content, null, null));
      rareWords.add(rare);
    }
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < questionCount; i++) {
      questions.add(question(Vocabulary.pick(rareWords, random), random));
    }
    return new SyntheticConversation(turns, questions);
  }

  private static String sentence(
      Vocabulary vocabulary, SplittableRandom random, List<String> invented) {
    StringBuilder sentence = new StringBuilder();
    int words = random.nextInt(MIN_WORDS, MAX_WORDS + 1);
    for (int i = 0; i < words; i++) {
      sentence.append(i == 0 ? "" : " ");
      if (i % 2 == 0) {
        sentence.append(Vocabulary.pick(STOP_WORDS, random));
      } else {
        String word = vocabulary.word(random);
        invented.add(word);
        sentence.append(word);
      }
    }
    return sentence.append('.').toString();
  }

  private static String question(List<String> words, SplittableRandom random) {
    StringBuilder question = new StringBuilder("What did ");
    question.append(Vocabulary.pick(SPEAKERS, random)).append(" say about");
    for (int i = 0; i < QUESTION_WORDS; i++) {
      question.append(' ').append(Vocabulary.pick(words, random));
    }
    return question.append('?').toString();
  }
}
