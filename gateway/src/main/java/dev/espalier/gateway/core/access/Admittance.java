package dev.espalier.gateway.core.access;

/** What a presented key is worth. */
public sealed interface Admittance {

  /** It is this caller's. */
  record Admitted(Caller caller) implements Admittance {}

  /** It is nobody's, or it is revoked or expired. */
  record Refused() implements Admittance {}

  /** It is right, but its tenant is suspended. */
  record Suspended() implements Admittance {}

  /** It may be right: what we know of the database's keys is too old to tell. */
  record Undecided() implements Admittance {}
}
