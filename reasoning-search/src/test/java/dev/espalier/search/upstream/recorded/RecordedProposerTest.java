package dev.espalier.search.upstream.recorded;

import static dev.espalier.search.upstream.UnderTest.PLAIN;
import static dev.espalier.search.upstream.UnderTest.propose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.upstream.RecordingMeter;
import dev.espalier.search.upstream.UnderTest;
import dev.espalier.testkit.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedProposerTest {

  private static final Need.Propose NEED = propose(2, "first\nline");

  @TempDir Path directory;

  @Test
  void givesBackWhatWasRecordedAndItsTokens() {
    Path file = directory.resolve("recording.jsonl");
    List<Candidate> asked;
    RecordingMeter replayed = new RecordingMeter();
    try (UnderTest test = new UnderTest()) {
      test.server.reply(
          Reply.json(
              200,
              "{\"choices\":[{\"message\":{\"content\":\"one \\u00e9\"},\"logprobs\":{\"content\":[{\"logprob\":-2}]}},"
                  + "{\"message\":{\"content\":\"\\\\boxed{2}\"}}],"
                  + "\"usage\":{\"prompt_tokens\":90,\"completion_tokens\":12}}"));
      asked = new Recorder(file).recording(test.chat(PLAIN)).propose("p", NEED, test.context());

      List<Candidate> again =
          new RecordedProposer(file)
              .propose("p", NEED, UnderTest.context(Duration.ofSeconds(1), replayed));

      assertEquals(2, asked.size());
      assertEquals(asked, again);
      assertEquals(test.meter.spent(), replayed.spent());
      assertTrue(new RecordedProposer(file).isFree());
    }
  }

  @Test
  void saysThatItHasNoAnswerToAnotherRequest() throws Exception {
    Path file = directory.resolve("recording.jsonl");
    Files.writeString(file, line("p", NEED));
    RecordedProposer recorded = new RecordedProposer(file);
    RecordingMeter meter = new RecordingMeter();
    List<Need.Propose> others =
        List.of(
            propose(3, "first\nline"),
            propose(2, "first", "line"),
            propose(2),
            new Need.Propose(0, 0, NEED.steps(), List.of(), 2, 8));

    assertEquals(1, recorded.propose("p", NEED, context(meter)).size());
    for (Need.Propose other : others) {
      UpstreamException missing =
          assertThrows(UpstreamException.class, () -> recorded.propose("p", other, context(meter)));
      assertEquals("upstream.no_recording", missing.code());
    }
    assertThrows(UpstreamException.class, () -> recorded.propose("q", NEED, context(meter)));
    assertEquals(1, meter.calls().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{}",
        "[]",
        "null",
        "{\"request\":\"a\",\"samples\":null}",
        "{\"request\":\"a\",\"prompt_tokens\":1,\"completion_tokens\":1,\"samples\":[{\"tokens\":1}]}",
        "{\"request\":\"a\",\"prompt_tokens\":1,\"completion_tokens\":1,\"samples\":[{\"text\":\"a\",\"tokens\":-1,"
            + "\"log_probability\":null,\"terminal\":false,\"source\":null}]}"
      })
  void namesTheLineThatIsNoRecording(String bad) throws Exception {
    Path file = directory.resolve("recording.jsonl");
    Files.writeString(file, line("p", NEED) + "\n" + bad + "\n");

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new RecordedProposer(file));

    assertEquals("line 3 is no recording", refused.getMessage());
  }

  @Test
  void saysThatTheFileIsMissing() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RecordedProposer(directory.resolve("missing")));

    assertFalse(refused.getMessage().isEmpty());
  }

  private static CallContext context(RecordingMeter meter) {
    return UnderTest.context(Duration.ofSeconds(1), meter);
  }

  private static String line(String problem, Need.Propose need) {
    return new Recording(
            RequestHash.of(problem, need),
            1,
            1,
            List.of(new Recording.Sample("a", null, 1, false, null)))
        .line();
  }
}
