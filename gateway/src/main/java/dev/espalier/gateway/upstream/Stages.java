package dev.espalier.gateway.upstream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Brings what other threads do back to an event loop. */
public final class Stages {

  private Stages() {}

  /** Completes on the context, with the failure itself and not what it was wrapped in. */
  public static <T> Future<T> future(CompletionStage<T> stage, Context context) {
    return Future.fromCompletionStage(stage, context)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure));
  }
}
