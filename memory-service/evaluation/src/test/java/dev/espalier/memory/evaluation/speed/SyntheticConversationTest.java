package dev.espalier.memory.evaluation.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticConversationTest {

  @Test
  void isTheSameForTheSameSeedAlone() {
    SyntheticConversation first = SyntheticConversation.generate(5, 50, 10);

    assertEquals(first, SyntheticConversation.generate(5, 50, 10));
    assertNotEquals(first, SyntheticConversation.generate(6, 50, 10));
  }

  @Test
  void hasAsManyTurnsAndQuestionsAsAsked() {
    SyntheticConversation conversation = SyntheticConversation.generate(1, 30, 7);

    assertEquals(30, conversation.turns().size());
    assertEquals(7, conversation.questions().size());
  }

  @Test
  void drawsFewWordsOftenAndMostWordsRarely() {
    var random = new SplittableRandom(3);
    Vocabulary vocabulary = Vocabulary.invent(1000, random);

    Map<Integer, Long> byRank =
        IntStream.range(0, 100_000)
            .mapToObj(i -> vocabulary.rank(random))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    double ratio = (double) byRank.get(0) / byRank.get(99);
    double expected = Math.pow(120.0 / 21, 1.05);
    assertTrue(ratio > expected / 1.5 && ratio < expected * 1.5, "ratio " + ratio);
  }
}
