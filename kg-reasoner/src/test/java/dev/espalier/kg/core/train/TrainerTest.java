package dev.espalier.kg.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.artefact.CheckpointArtefact;
import dev.espalier.kg.artefact.ModelArtefact;
import dev.espalier.kg.core.generate.KinshipGenerator;
import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.TrainingConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {

  private static final long SEED = 7;
  private static final Duration AMPLE = Duration.ofMinutes(5);

  private final SplitGraph data = new KinshipGenerator(60, 3, SEED).split();
  private final ModelConfig config = ModelConfig.of(8, 3, 10);

  @Test
  void theSameSeedGivesTheSameBytesWithAnyNumberOfThreads() {
    // When a model is trained by one thread, and by three
    byte[] one = trained(data, 1, 2);
    byte[] three = trained(data, 3, 2);

    // Then nothing differs but what the provenance says of the threads and the time
    assertArrayEquals(one, three, "seed " + SEED);
  }

  @Test
  void goesOnFromACheckpointToTheSameBytes() {
    // Given a training that was stopped after every epoch, its state having been written and read
    Trainer trainer = trainer(data);
    TrainingState whole = trainer.train(initial(2, 3), AMPLE, TrainingListener.none());
    TrainingState state = initial(2, 3);
    while (!state.isFinished()) {
      state = trainer.train(state, AMPLE, new StopAfterOneEpoch());
      byte[] written = CheckpointArtefact.write(state, data.graph().relationCount());
      state = CheckpointArtefact.read(written);
    }

    // Then it ended where an unbroken one ends
    assertEquals(3, state.epoch());
    assertArrayEquals(whole.parameters(), state.parameters(), 0, "seed " + SEED);
    assertArrayEquals(whole.average(), state.average(), 0);
    assertArrayEquals(whole.best(), state.best(), 0);
    assertEquals(whole.bestMrr(), state.bestMrr());
  }

  @Test
  void withoutAveragingTheModelIsTheLastStep() {
    TrainingConfig plain = training(2, 1).withAveraging(0);
    TrainingState start = TrainingState.initial(config, plain, data.graph().relationCount(), SEED);

    TrainingState state = trainer(data).train(start, AMPLE, TrainingListener.none());

    assertArrayEquals(state.parameters(), state.best(), 0);
  }

  @Test
  void theModelIsTheRunningMeanOfTheSteps() {
    TrainingState state = trainer(data).train(initial(2, 1), AMPLE, TrainingListener.none());

    assertArrayEquals(state.average(), state.best(), 0);
    assertFalse(Arrays.equals(state.parameters(), state.best()));
  }

  @Test
  void testTriplesPlayNoPart() {
    // Given the same data, in which nothing knows the test triples
    SplitGraph blind = data.withoutTest();
    assertEquals(data.test().length, data.known().tripleCount() - blind.known().tripleCount());

    // When both are trained
    byte[] seen = trained(data, 2, 1);
    byte[] unseen = trained(blind, 2, 1);

    // Then the models are the same
    assertArrayEquals(seen, unseen, "seed " + SEED);
  }

  @Test
  void cannotLearnFromTheAskedEdgeItself() {
    // Given a graph in which each triple is the only link between its two entities
    GraphBuilder builder = new GraphBuilder();
    for (int i = 0; i < 60; i++) {
      builder.add("left" + i, "linked", "right" + i);
    }
    KnowledgeGraph graph = builder.build();
    SplitGraph pairs = new SplitGraph(graph, graph, graph.triples(), new Triple[0], new Triple[0]);

    // When a model is trained on it
    TrainingState state =
        trainer(pairs)
            .train(
                TrainingState.initial(config, training(2, 4), 1, SEED),
                AMPLE,
                TrainingListener.none());

    // Then its loss is that of guessing among 120 entities
    double guess = Math.log(graph.entityCount());
    double loss = state.history().get(3).loss();
    assertTrue(loss > guess - 0.1, "loss " + loss + ", guessing " + guess + ", seed " + SEED);
  }

  @Test
  void aCancelledEpochLeavesNoTrace() {
    TrainingState start = initial(2, 3);

    TrainingState after =
        trainer(data)
            .train(
                start,
                AMPLE,
                new TrainingListener() {
                  private int asked;

                  @Override
                  public void epochDone(EpochReport report, TrainingState state) {}

                  @Override
                  public boolean isCancelled() {
                    return asked++ > 3;
                  }
                });

    assertEquals(start, after);
  }

  @Test
  void stopsWhenTheTimeIsUp() {
    long[] now = {0};
    Trainer trainer = new Trainer(data, Kernels.best(), () -> now[0] += 300_000);

    TrainingState state =
        trainer.train(initial(2, 1000), Duration.ofMillis(1), TrainingListener.none());

    assertEquals(1, state.epoch());
  }

  @Test
  void refusesAGraphWithoutTriples() {
    KnowledgeGraph empty = new GraphBuilder().build();
    SplitGraph nothing = new SplitGraph(empty, empty, new Triple[0], new Triple[0], new Triple[0]);

    TrainingException refused =
        assertThrows(
            TrainingException.class,
            () ->
                trainer(nothing)
                    .train(
                        TrainingState.initial(config, training(1, 1), 0, SEED),
                        AMPLE,
                        TrainingListener.none()));

    assertEquals("kg.nothing_to_learn", refused.code());
  }

  private byte[] trained(SplitGraph split, int threads, int epochs) {
    Trainer trainer = trainer(split);
    TrainingState state = trainer.train(initial(threads, epochs), AMPLE, TrainingListener.none());
    List<EpochReport> timeless = new ArrayList<>();
    for (EpochReport r : state.history()) {
      timeless.add(new EpochReport(r.epoch(), r.loss(), r.validationMrr(), r.best(), 0));
    }
    return ModelArtefact.write(
        trainer.model(
            new TrainingState(
                state.config(),
                training(1, epochs),
                state.seed(),
                state.parameters(),
                state.firstMoment(),
                state.secondMoment(),
                state.steps(),
                state.average(),
                state.best(),
                timeless)));
  }

  private TrainingState initial(int threads, int epochs) {
    return TrainingState.initial(
        config, training(threads, epochs), data.graph().relationCount(), SEED);
  }

  private static TrainingConfig training(int threads, int epochs) {
    return new TrainingConfig(
        0.005, 0.9, 1e-5, 0.9, 0.1, 10, epochs, 100, 200, 50, 0, 1, 0.01, threads);
  }

  private static Trainer trainer(SplitGraph split) {
    return new Trainer(split, Kernels.best(), System::nanoTime);
  }

  private static final class StopAfterOneEpoch implements TrainingListener {
    private boolean done;

    @Override
    public void epochDone(EpochReport report, TrainingState state) {
      done = true;
    }

    @Override
    public boolean isCancelled() {
      return done;
    }
  }
}
