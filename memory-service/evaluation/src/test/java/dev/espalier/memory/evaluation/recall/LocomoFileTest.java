package dev.espalier.memory.evaluation.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.measuring.command.CommandException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocomoFileTest {

  private static final String FILE =
      """
      {
        "session_1_date_time": "1:05 pm on 8 May, 2031",
        "session_1": [
          {"speaker": "Ada", "dia_id": "D1:1", "text": "I bought a kite."},
          {"speaker": "Bo", "dia_id": "D1:2", "text": "Look!", "blip_caption": "a red boat"}
        ],
        "session_2_date_time": "12:30 am on 1 June, 2031",
        "session_3_date_time": "9:00 am on 2 June, 2031",
        "session_3": [{"speaker": "Ada", "dia_id": "D3:1", "text": "The kite is gone."}],
        "qa": [
          {"question": "What happened to the kite?", "answer": "Lost", "category": 1, "evidence": ["D1:1; D3:1"]},
          {"question": "What colour is the boat?", "answer": 2031, "category": 4, "evidence": ["D1:2", "D9:9"]},
          {"question": "Who is Cy?", "category": 3, "evidence": ["D9:9"]},
          {"question": "What did Bo deny?", "category": 5, "evidence": ["D1:2"]}
        ]
      }
      """;

  @Test
  void readsTurnsInOrderWithSpeakerCaptionAndSessionTime() throws IOException {
    Dialogue dialogue = LocomoFile.parse("tiny", FILE);

    assertEquals(
        List.of("I bought a kite.", "Look! [a red boat]", "The kite is gone."),
        dialogue.turns().stream().map(turn -> turn.content()).toList());
    assertEquals("Bo", dialogue.turns().get(1).speaker());
    assertEquals(Instant.parse("2031-05-08T13:05:00Z"), dialogue.turns().get(0).occurredAt());
    assertEquals(Instant.parse("2031-06-02T09:00:00Z"), dialogue.turns().get(2).occurredAt());
  }

  @Test
  void keepsAnswerableQuestionsWithTheEvidenceThatExists() throws IOException {
    Dialogue dialogue = LocomoFile.parse("tiny", FILE);

    assertEquals(
        List.of(
            new Question("What happened to the kite?", "Lost", Category.MULTI_HOP, Set.of(1L, 3L)),
            new Question("What colour is the boat?", "2031", Category.SINGLE_HOP, Set.of(2L))),
        dialogue.questions());
    assertEquals(1, dialogue.withoutEvidence());
  }

  @Test
  void refusesAnotherFormat() {
    assertThrows(CommandException.class, () -> LocomoFile.parse("other", "{\"a\": 1}"));
  }
}
