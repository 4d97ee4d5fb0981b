package dev.espalier.search.upstream.http;

/** A key that is sent as bearer token and printed nowhere. */
public record ApiKey(String value) {

  public ApiKey {
    if (value.isBlank() || value.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
      throw new IllegalArgumentException("api-key: must be visible ASCII without spaces");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
