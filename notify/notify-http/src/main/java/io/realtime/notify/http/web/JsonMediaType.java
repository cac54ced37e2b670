package io.realtime.notify.http.web;

import io.realtime.socketio.server.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/** Whether a request says that its body is plain JSON in UTF-8 (RFC 9110, 8.3). */
public final class JsonMediaType {
  private JsonMediaType() {}

  public static boolean isDeclared(HttpHeaders headers) {
    List<String> types = headers.all("content-type");
    return types.size() == 1
        && isJson(types.getFirst())
        && headers.all("content-encoding").stream().allMatch(c -> c.equalsIgnoreCase("identity"));
  }

  private static boolean isJson(String contentType) {
    List<String> parts = List.of(contentType.toLowerCase(Locale.ROOT).split(";", -1));
    if (!parts.getFirst().strip().equals("application/json")) {
      return false;
    }
    for (String parameter : parts.subList(1, parts.size())) {
      String text = parameter.strip().replace("\"", "");
      if (text.startsWith("charset=") && !text.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }
}
