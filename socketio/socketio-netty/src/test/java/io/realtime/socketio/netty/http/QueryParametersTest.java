package io.realtime.socketio.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class QueryParametersTest {
  private final Map<String, List<String>> parameters =
      new QueryParameters(List.of("b", "1", "a", "2", "b", "3"));

  @Test
  void repeatedName_keepsEveryValue_inOrder() {
    assertThat(parameters.get("b")).containsExactly("1", "3");
    assertThat(parameters.get("a")).containsExactly("2");
  }

  @Test
  void unknownName_isAbsent() {
    assertThat(parameters.get("c")).isNull();
    assertThat(parameters.containsKey("c")).isFalse();
    assertThat(parameters.getOrDefault("c", List.of())).isEmpty();
  }

  @Test
  void names_areInOrderOfArrival_andTheMapIsLikeAnyOther() {
    assertThat(parameters.keySet()).containsExactly("b", "a");
    assertThat(parameters).isEqualTo(Map.of("a", List.of("2"), "b", List.of("1", "3")));
    assertThat(parameters).hasSize(2);
  }

  @Test
  void noParameters_isAnEmptyMap() {
    assertThat(new QueryParameters(List.of())).isEmpty();
  }
}
