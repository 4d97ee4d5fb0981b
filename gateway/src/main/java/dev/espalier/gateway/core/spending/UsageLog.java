package dev.espalier.gateway.core.spending;

/** Takes usage records without making anybody wait. */
@FunctionalInterface
public interface UsageLog {

  void record(Usage usage);
}
