package dev.espalier.memory.ops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.Embedders;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EmbeddingWorkersTest {

  @Test
  void goOnAfterAnError() throws InterruptedException {
    AtomicBoolean hasFailed = new AtomicBoolean();
    CountDownLatch wentOn = new CountDownLatch(1);
    EmbeddingQueue queue =
        (limit, after, work) -> {
          if (hasFailed.compareAndSet(false, true)) {
            throw new NoClassDefFoundError("a part of the model");
          }
          wentOn.countDown();
          return Optional.empty();
        };
    EmbeddingWorkers workers =
        new EmbeddingWorkers(
            1, queue, new Embedders(new NoEmbedder(), List.of()), null, null, Clock.systemUTC());

    workers.begin();
    workers.wake();

    assertTrue(wentOn.await(20, TimeUnit.SECONDS));
    workers.stop(new ShutdownEvent());
  }

  private record NoEmbedder() implements Embedder {

    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel("none", "1", "none", "", "", 1);
    }

    @Override
    public float[] embedPassage(String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[] embedQuery(String text) {
      throw new UnsupportedOperationException();
    }
  }
}
