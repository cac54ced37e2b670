package io.realtime.notify.http.rest;

import io.realtime.notify.core.presence.Presence;
import io.realtime.notify.core.presence.Presence.UserConnections;
import io.realtime.socketio.server.http.HttpReply;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who is connected, one page at a time. */
public final class Stats implements ApiHandler {
  /** Users on a page when the caller does not say. */
  public static final int DEFAULT_LIMIT = 100;

  private final Presence presence;

  public Stats(Presence presence) {
    this.presence = presence;
  }

  @Override
  public HttpReply handle(ApiCall call) {
    JsonNode asked = call.query().get("limit");
    int limit = asked == null ? DEFAULT_LIMIT : asked.intValue();
    Optional<String> after =
        Optional.ofNullable(call.query().get("after")).map(JsonNode::stringValue);
    List<UserConnections> found = presence.users(limit + 1, after);
    List<UserConnections> page = found.subList(0, Math.min(limit, found.size()));

    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("totalConnections", presence.totalConnections());
    answer.put("uniqueUsers", presence.uniqueUsers());
    ArrayNode users = answer.putArray("userConnections");
    for (UserConnections user : page) {
      users.addObject().put("userId", user.userId()).put("connectionCount", user.connectionCount());
    }
    if (found.size() > limit) {
      answer.put("nextAfter", page.getLast().userId());
    }
    return HttpReply.json(200, answer.toString());
  }
}
