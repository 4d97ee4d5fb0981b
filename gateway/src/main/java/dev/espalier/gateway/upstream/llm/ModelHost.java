package dev.espalier.gateway.upstream.llm;

import dev.espalier.protocol.egress.UpstreamUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a language model is.
 *
 * @param name the upstream's name in configuration, metrics and messages
 * @param apiKey sent as bearer token, printed nowhere
 * @param allowsPrivateAddresses whether it may be on loopback or in a private network
 */
public record ModelHost(
    String name, UpstreamUrl url, Optional<String> apiKey, boolean allowsPrivateAddresses) {

  public ModelHost {
    apiKey.ifPresent(
        key -> {
          if (key.isBlank() || key.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new IllegalArgumentException("api-key: must be visible ASCII without spaces");
          }
        });
  }

  /** An address that is allowed; blocks while a name is looked up. */
  InetAddress resolve() throws UnknownHostException {
    return url.resolve(allowsPrivateAddresses);
  }

  @Override
  public String toString() {
    return name;
  }
}
