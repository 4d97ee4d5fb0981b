package dev.espalier.memory.core.summary;

import static dev.espalier.memory.core.summary.SegmentationTest.turn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.memory.core.TokenCounter;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExtractiveSummarizerTest {

  private static final long SEED = 12;

  private final TokenCounter tokens = Tokenizer.O200K.counter();

  @Test
  void keepsTheSentencesThatSaySomething() {
    Segment segment =
        new Segment(
            List.of(
                turn(1, 0, "Hey! How are you? Well, you know."),
                turn(2, 0, "I planted three pear trees near the south wall."),
                turn(3, 0, "Oh really? That is so nice."),
                turn(4, 0, "The pear trees came from a nursery in Ghent.")),
            true);

    Summary summary = new ExtractiveSummarizer(tokens, 15, 30).ofSegment(segment);

    assertEquals(
        List.of(List.of(2L), List.of(4L)), summary.body().stream().map(Sentence::seqs).toList());
    assertEquals(
        "Ann: I planted three pear trees near the south wall.", summary.body().get(0).text());
    assertTrue(summary.body().containsAll(summary.headline()));
  }

  @Test
  void keepsItsBudgetsAndTheOrderOfTheTurns() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 50; round++) {
      List<Turn> turns = new ArrayList<>();
      for (int seq = 1; seq <= 1 + random.nextInt(40); seq++) {
        turns.add(turn(seq, 0, sentence(random)));
      }
      Summary summary =
          new ExtractiveSummarizer(tokens, 20, 60).ofSegment(new Segment(turns, true));

      assertTrue(tokens.count(summary.bodyText()) <= 60, summary::bodyText);
      assertTrue(tokens.count(summary.headlineText()) <= 20, summary::headlineText);
      List<Long> seqs = summary.body().stream().flatMap(s -> s.seqs().stream()).toList();
      assertEquals(seqs.stream().sorted().toList(), seqs);
    }
  }

  /** L3, without a model. */
  @Test
  void carriesPlantedFactsOfAThousandTurnsThroughBothLevels() {
    Map<Integer, String> planted =
        Map.of(
            7, "Ana is allergic to peanuts since childhood.",
            203, "The spare key lies under the blue flowerpot.",
            444, "Bo's daughter Mila was born on 14 February 2019.",
            612, "Our wifi password is rosewood-harbour-42.",
            999, "Doctor Okafor moved the surgery to Thursday morning.");
    Random random = new Random(SEED);
    List<Turn> turns =
        IntStream.rangeClosed(1, 1000)
            .mapToObj(i -> turn(i, 0, planted.getOrDefault(i, smallTalk(random))))
            .toList();
    ExtractiveSummarizer summarizer = new ExtractiveSummarizer(tokens, 60, 400);

    List<Summary> segments =
        IntStream.range(0, 10)
            .mapToObj(
                i -> summarizer.ofSegment(new Segment(turns.subList(100 * i, 100 * i + 100), true)))
            .toList();
    String whole = summarizer.ofSummaries(segments).bodyText();

    long kept = planted.values().stream().filter(whole::contains).count();
    System.out.printf(
        "L3: %d of %d planted facts in the extractive summary%n", kept, planted.size());
    assertEquals(planted.size(), kept, whole);
  }

  private static String smallTalk(Random random) {
    List<String> words =
        List.of(
            "weather", "garden", "coffee", "weekend", "morning", "dinner", "music", "holiday",
            "traffic", "office", "friends", "movie", "market", "summer", "window", "kitchen");
    return String.format(
        "It was nice to hear about the %s and the %s again, see you.",
        words.get(random.nextInt(words.size())), words.get(random.nextInt(words.size())));
  }

  @Test
  void summarisesSummariesBySentencesOfTheirs() {
    ExtractiveSummarizer summarizer = new ExtractiveSummarizer(tokens, 20, 40);
    List<Summary> parts =
        Stream.of(
                turn(1, 0, "Ann moved to Lisbon. Her cat is called Pixel."),
                turn(2, 0, "The bakery opens in March."))
            .map(turn -> summarizer.ofSegment(new Segment(List.of(turn), true)))
            .toList();

    Summary whole = summarizer.ofSummaries(parts);

    assertTrue(
        parts.stream().flatMap(part -> part.body().stream()).toList().containsAll(whole.body()));
    assertTrue(whole.bodyText().contains("Lisbon"));
    assertTrue(whole.bodyText().contains("bakery"));
  }

  private static String sentence(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= random.nextInt(25); i++) {
      text.append(i == 0 ? "" : " ").append("w").append(random.nextInt(300));
      if (random.nextInt(6) == 0) {
        text.append(".");
      }
    }
    return text.append(".").toString();
  }
}
