package io.realtime.notify.http.contract;

import java.util.List;
import java.util.Optional;

/**
 * One operation of the document.
 *
 * @param id its {@code operationId}
 * @param method upper case
 * @param path exact; this API has no path parameters
 * @param secured whether a caller must be known
 * @param scope the scope that stands in for the admin role
 * @param body the schema of the request body; empty: it takes none
 * @param query the query parameters that it knows
 * @param headers the header parameters that it looks at
 * @param ingress how its body becomes an event
 */
public record Operation(
    String id,
    String method,
    String path,
    boolean secured,
    Optional<String> scope,
    Optional<ContractSchema> body,
    List<QueryParameter> query,
    List<HeaderParameter> headers,
    Optional<IngressRule> ingress) {

  /** A query parameter; {@code integer} ones are written in decimal digits. */
  public record QueryParameter(String name, boolean integer, ContractSchema schema) {}

  /** A header parameter, its name as the document writes it. */
  public record HeaderParameter(String name, ContractSchema schema) {}

  /**
   * The extension {@code x-realtime-ingress}.
   *
   * @param type the topic that the event stands for
   * @param key the body's field by which order is kept; empty: the type itself
   * @param audience whom it reaches
   */
  public record IngressRule(String type, Optional<String> key, Audience audience) {}

  /** Whom an event reaches. */
  public enum Audience {
    /** All connections of the user that the key names. */
    USER,
    /** Everyone subscribed to the product that the key names. */
    PRODUCT,
    /** All dashboards. */
    ADMINS
  }
}
