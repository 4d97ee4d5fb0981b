package dev.espalier.gateway.core;

import java.util.List;

/** The headers beside {@code Authorization} in which clients send a key; no service sees them. */
public final class KeyHeaders {

  public static final List<String> NAMES = List.of("X-API-Key", "API-Key");

  private KeyHeaders() {}
}
